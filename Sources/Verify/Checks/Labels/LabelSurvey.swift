import Bytes
import Datasets
import Devices
import Vdevs

/// The labels of all devices of a pool, read once for all checks of a run.
struct LabelSurvey: Sendable {
    /// One device of the pool.
    struct Device: Sendable {
        let labels: LabelSet
        /// Whether it holds the pool's own blocks and uberblocks, not as a spare or a cache.
        let isLeaf: Bool
        let problems: [Problem]
    }

    let devices: [Device]

    /// Reads the labels of every device of the tree, and of those spares and cache devices that `aside` names.
    init(_ candidate: PoolCandidate, aside: [GUID] = [], threadCount: Int) {
        let leaves = candidate.root.leaves.compactMap(\.guid)
        let wanted = leaves.map { ($0, true) } + aside.map { ($0, false) }
        var seen: Set<GUID> = []
        let chosen = wanted.compactMap { guid, isLeaf -> (any BlockDevice, Bool)? in
            // What stands in the labels of a device that was told by its contents is not the pool's.
            guard seen.insert(guid).inserted, !candidate.recognised.contains(guid),
                let device = candidate.devices[guid]
            else { return nil }
            return (device, isLeaf)
        }
        devices = WorkerPool(threadCount: max(1, threadCount)).map(below: chosen.count) {
            Self.look(chosen[$0].0, isLeaf: chosen[$0].1)
        }
    }

    /// Somebody may be writing labels just now; what is really wrong is so at a second look, too.
    private static func look(_ device: any BlockDevice, isLeaf: Bool) -> Device {
        let labels = LabelSet(device)
        let problems = LabelProblems(labels).all
        guard !problems.isEmpty else {
            return Device(labels: labels, isLeaf: isLeaf, problems: [])
        }
        let again = LabelSet(device)
        let known = Set(problems)
        return Device(
            labels: again, isLeaf: isLeaf,
            problems: LabelProblems(again).all.filter(known.contains))
    }
}
