import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Lists of the transaction groups that devices missed (DTL), which are to be written anew.
///
/// What of a list can be read and can be true is kept. Where it can't be read in full, the device counts as having missed
/// everything since it was added, so that a resilver leaves nothing out; without redundancy there is nothing to resilver
/// from, and the list becomes empty. Mirrors `vdev_dtl_sync` (`module/zfs/vdev.c`).
struct MissedGroupsRebuild: Sendable {
    private let problems: [Problem]
    private let leaf: VdevConfig
    private let object: UInt64
    private let missed: [Range<UInt64>]

    /// One for each list that problems are about.
    static func all(_ problems: [Problem], _ pool: Pool) -> [Self] {
        let own = Dictionary(grouping: problems.filter { $0.kind == .dirtyTimeLog }) {
            $0.location.object ?? 0
        }
        return pool.rootConfig.children.flatMap { top in
            top.leaves.compactMap { leaf in
                guard let object = leaf.dtl, let problems = own[object] else { return nil }
                return Self(problems, leaf, object, isRedundant: top.leaves.count > 1, pool)
            }
        }
    }

    /// More gaps than any device has.
    private static let mostRanges = 1 << 16

    private init?(
        _ problems: [Problem], _ leaf: VdevConfig, _ object: UInt64, isRedundant: Bool,
        _ pool: Pool
    ) {
        guard let stored = try? pool.meta.object(object), stored.type == .spaceMap else {
            return nil
        }
        self.problems = problems
        self.leaf = leaf
        self.object = object
        let first = leaf.createTxg?.rawValue ?? 1
        let (end, overflow) = pool.txg.rawValue.addingReportingOverflow(1)
        guard !overflow, first < end else { return nil }
        let possible = first..<end
        var set = RangeSet()
        var isWhole = false
        if let map = try? pool.meta.spaceMap(object) {
            let flaws = map.forEachEntry { entry in
                guard set.count < Self.mostRanges, let range = entry.range(start: 0, shift: 0)
                else { return }
                switch entry.kind {
                case .allocation: set.insert(range)
                case .free: set.remove(range)
                }
            }
            isWhole = flaws.isEmpty
        }
        let known = set.ranges.map { $0.clamped(to: possible) }.filter { !$0.isEmpty }
        missed = isWhole ? known : isRedundant ? [possible] : []
    }

    var step: CureStep {
        CureStep(
            problems, cure: StuckCure.name, as: .rebuild,
            "Write down anew which transaction groups \(leaf.name) missed: \(missed.count) runs",
            apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        let (number, missed) = (object, missed)
        try transaction.meta.edit(number) { map throws(RepairError) in
            var encoder = SpaceMapEncoder(blockSize: try map.blockSize, allowsTwoWords: false)
            var total: UInt64 = 0
            for run in missed {
                total &+= run.upperBound - run.lowerBound
                try RepairError.format(of: number) { () throws(FormatError) in
                    try encoder.append(
                        .allocation, offset: run.lowerBound, run: run.upperBound - run.lowerBound)
                }
            }
            try map.clearBlocks()
            try map.replaceSpaceMap(encoder, allocated: Int64(clamping: total))
        }
    }
}
