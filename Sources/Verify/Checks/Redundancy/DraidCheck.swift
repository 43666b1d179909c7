import Bytes
import Datasets
import Vdevs

/// DR1, DR2: the numbers of each dRAID are such that there is one: groups that fill its devices, a permutation that is known,
/// failure domains that share them out (`vdev_draid_init`, `module/zfs/vdev_draid.c`).
struct DraidCheck: Check {
    static let kinds: [ProblemKind] = [.draidGeometry]

    func run(_ context: CheckContext) {
        guard let root = context.pool.config?.root else { return }
        var place = Location()
        place.objectSet = 0
        place.object = context.pool.directory.object(.config)
        for problem in Self.problems(root, at: place) { context.report(problem) }
    }

    /// What is wrong in a tree, whether from the pool or from labels.
    static func problems(_ root: VdevConfig, at base: Location) -> [Problem] {
        root.children.enumerated().compactMap { index, top in
            // What can't be of the parity alone is told of each kind of vdev.
            guard top.kind == .draid, (1...3).contains(top.parity),
                top.parity < top.children.count, let flaw = top.stripeFlaw
            else { return nil }
            var place = base
            place.vdev = top.id ?? UInt64(index)
            place.key = "\(ConfigKey.vdevTree).\(ConfigKey.children)[\(index)]"
            return Problem(
                .draidGeometry, at: place, evidence: Record(["cause": .text("it \(flaw)")]))
        }
    }
}
