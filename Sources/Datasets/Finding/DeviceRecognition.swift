import Blocks
import Bytes
import Devices
import Objects
import Vdevs

/// Recognises devices of a pool that bear no label of it any more, by what stands on them.
///
/// Checksums prove the blocks of the MOS, and the vdev tree says which bytes of them stand where on which device. A
/// device that has all that were looked at in their places is the one that is missed, as of the newest group: blocks of
/// the MOS are written with each one.
struct DeviceRecognition {
    private let pool: Pool

    init(_ pool: Pool) { self.pool = pool }

    /// Fewer runs of bytes prove nothing.
    private static let leastRuns = 4
    /// How many are looked at on a device.
    private static let mostRuns = 64
    /// How many blocks of the MOS are read to find them.
    private static let mostBlocks = 4096

    /// Bytes that must stand on a device.
    private struct Run {
        let offset: UInt64
        let bytes: [UInt8]
    }

    /// The walk has seen enough.
    private struct Enough: Error {}

    /// The devices that were recognised, by the leaves that they are.
    func devices() -> [GUID: any BlockDevice] {
        var strangers = pool.candidate.strangers
        let leaves = pool.vdevs.leaves
        let missing = leaves.indices.filter { leaves[$0].device == nil }
        guard !strangers.isEmpty, !missing.isEmpty else { return [:] }
        let runs = runs(on: Set(missing))
        let paths = Dictionary(
            pool.rootConfig.leaves.compactMap { leaf in leaf.guid.map { ($0, leaf.path) } },
            uniquingKeysWith: { first, _ in first })
        var found: [GUID: any BlockDevice] = [:]
        for leaf in missing {
            let guid = leaves[leaf].guid
            guard let runs = runs[leaf], runs.count >= Self.leastRuns else { continue }
            // Sides of a mirror have the same contents; then the name tells.
            let name = Self.lastPart(of: (paths[guid] ?? nil) ?? "")
            let named = strangers.indices.filter { Self.lastPart(of: strangers[$0].name) == name }
            let others = strangers.indices.filter { !named.contains($0) }
            guard let place = (named + others).first(where: { Self.has(runs, strangers[$0]) })
            else { continue }
            found[guid] = strangers.remove(at: place)
        }
        return found
    }

    private static func lastPart(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }

    private static func has(_ runs: [Run], _ device: any BlockDevice) -> Bool {
        runs.allSatisfy { run in
            (try? device.read(at: run.offset, count: run.bytes.count)) == run.bytes
        }
    }

    /// What must stand on each of these leaves, by its index.
    private func runs(on leaves: Set<Int>) -> [Int: [Run]] {
        var runs: [Int: [Run]] = [:]
        var left = Self.mostBlocks
        func visit(_ pointer: BlockPointer) throws(Enough) {
            left -= 1
            let isFull = leaves.allSatisfy { (runs[$0]?.count ?? 0) >= Self.mostRuns }
            guard left > 0, !isFull else { throw Enough() }
            guard !pointer.isHole, !pointer.isEmbedded, !pointer.isGang,
                let stored = try? pool.reader.readStored(pointer)
            else { return }
            let bytes = stored.bytes
            for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
                try? pool.vdevs.forEachCopy(
                    of: bytes.rawBytes, at: pointer.dva(copy), birth: pointer.physicalBirth
                ) { run, expected in
                    guard leaves.contains(run.leaf), !run.isBehind, !expected.isAllZero,
                        runs[run.leaf, default: []].count < Self.mostRuns
                    else { return }
                    runs[run.leaf, default: []].append(
                        Run(offset: run.offset, bytes: expected.array))
                }
            }
        }
        func visitAll(of object: DMUObject) throws(Enough) {
            try object.forEachBlockPointer { step throws(Enough) in
                if case .pointer(let pointer, _, _) = step { try visit(pointer) }
            }
        }
        do throws(Enough) {
            try visit(pool.uberblock.rootPointer)
            try visitAll(of: pool.meta.set.metaObject)
            try pool.meta.set.forEachDnode { visited throws(Enough) in
                if case .object(let object) = visited { try visitAll(of: object) }
            }
        } catch {
            return runs
        }
        return runs
    }
}
