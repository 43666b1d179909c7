import Bytes
import Datasets
import Vdevs

/// All devices of the pool at hand, in their full length, or redundancy that covers for them.
struct DeviceCheck: Check {
    static let kinds: [ProblemKind] = [.deviceTruncated, .deviceMissing, .devicesInsufficient]

    func run(_ context: CheckContext) {
        let pool = context.pool
        for problem in Self.problems(pool.candidate, pool.rootConfig) { context.report(problem) }
    }

    /// What is wrong with the devices of the tree `root`; needs no opened pool.
    static func problems(_ candidate: PoolCandidate, _ root: VdevConfig) -> [Problem] {
        let cut = candidate.members.compactMap { member in
            member.shortfall.map {
                Problem(
                    .deviceTruncated, at: Location(device: member.name),
                    evidence: Record(["cause": .text($0)]))
            }
        }
        return cut + root.children.compactMap { missing(from: $0, candidate) }
    }

    private static func missing(
        from top: VdevConfig, _ candidate: PoolCandidate
    ) -> Problem? {
        guard top.kind != .hole, top.kind != .indirect else { return nil }
        let leaves = top.leaves.filter { $0.kind != .distributedSpare }
        let missing = leaves.filter { leaf in
            leaf.guid.map { candidate.devices[$0] == nil } ?? true
        }
        guard !missing.isEmpty || top.kind == .missing else { return nil }
        var place = Location()
        place.vdev = top.id
        return Problem(
            top.isReadable(with: candidate.devices) ? .deviceMissing : .devicesInsufficient,
            at: place,
            evidence: Record([
                "devices": .number(UInt64(leaves.count)),
                "missing": .list(missing.map { .text($0.name) }),
            ]))
    }
}
