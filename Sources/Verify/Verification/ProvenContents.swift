import Bytes
import Datasets
import Vdevs

/// Datasets and snapshots whose contents a run has read whole and found nothing wrong in, for a second run that follows at
/// once: as long as a pointer stands, what is stored under it is what it was.
///
/// Unlike a `VerifyState` it is good for a pool that has moved on, as a preview has: data that are newer are read.
package struct ProvenContents: Sendable {
    /// By their objects in the MOS.
    package let datasets: Set<UInt64>
    /// The newest group of the state that was read.
    let lastTxg: TransactionGroup

    /// What `walked` has beside the object sets that any of the problems is about, at whatever place of it.
    init(_ walked: [UInt64], besides problems: [Problem], asOf pool: Pool) {
        datasets = Set(walked).subtracting(problems.flatMap(Self.objectSets))
        lastTxg = pool.txg
    }

    private static func objectSets(_ problem: Problem) -> [UInt64] {
        let owners = problem.owners.map(\.place.objectSet)
        return ([problem.location] + problem.alsoAt).compactMap(\.objectSet) + owners
            + problem.consequences.flatMap(objectSets)
    }

    /// Whether the block of a dataset's data was read.
    @inline(__always)
    func includes(_ pointer: BlockPointer, of objectSet: UInt64) -> Bool {
        pointer.logicalBirth <= lastTxg && pointer.physicalBirth <= lastTxg
            && datasets.contains(objectSet)
    }
}
