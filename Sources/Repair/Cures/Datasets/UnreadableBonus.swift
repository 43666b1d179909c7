import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// A directory or dataset whose dnode says that its bonus is shorter than it is.
///
/// What stands behind the end is taken for what it was where the other side of a link proves it: the dataset of a directory
/// names it, or the directory of a dataset does.
struct UnreadableBonus {
    private let problem: Problem
    private let object: UInt64
    private let length: UInt16
    private let found: UInt16

    init?(_ problem: Problem, _ graph: DatasetGraph, _ pool: Pool) {
        guard let object = problem.location.object, let stored = try? pool.meta.object(object)
        else { return nil }
        let isDirectory = stored.dnode.bonusType == .dslDirectory
        let size = isDirectory ? DSLDirectory.byteCount : DSLDataset.byteCount
        let start = stored.dnode.bonusRange.lowerBound
        let bytes = stored.dnode.bytes
        guard isDirectory || stored.dnode.bonusType == .dslDataset,
            Int(stored.dnode.bonusLength) < size, start > 0, start + size <= bytes.count
        else { return nil }
        let bonus = [UInt8](bytes[start..<start + size])
        if isDirectory {
            guard let directory = try? DSLDirectory(bonus.rawBytes, stored.order),
                let head = graph.datasets[directory.headDataset],
                head.stored.directory == object, graph.directories[directory.parent] != nil
            else { return nil }
        } else {
            guard let dataset = try? DSLDataset(bonus.rawBytes, stored.order),
                let directory = graph.directories[dataset.directory],
                directory.stored.headDataset == object
                    || graph.datasets[dataset.nextSnapshot]?.stored.previousSnapshot == object
            else { return nil }
        }
        self.problem = problem
        self.object = object
        length = UInt16(size)
        found = stored.dnode.bonusLength
    }

    var step: CureStep {
        let (object, length) = (object, length)
        return CureStep(
            [problem], cure: DatasetCure.name, as: .rebuild,
            "Set dn_bonuslen of object \(object) of the MOS from \(found) to \(length)"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(object) { draft throws(RepairError) in
                try draft.set(Dnode.Layout.bonusLength, length)
            }
        }
    }
}
