import Blocks
import Bytes
import Datasets
import Devices
import Synchronization
package import Vdevs

/// Compares the tree of each dataset with that of the snapshot before it, many at once.
package struct TreeComparison {
    private let context: CheckContext
    private let graph: DatasetGraph
    private let moved: MovedBirths

    package init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.context = context
        self.graph = graph
        moved = MovedBirths(context.pool)
    }

    /// What a dataset lost by its tree.
    struct Loss: Sendable {
        let space: DeadSpace
        let digest: PointerDigest
    }

    /// What came of one dataset.
    struct Outcome: Sendable {
        /// Nil where the trees could not be compared in full.
        var loss: Loss?
        /// What both trees have, and should have alike.
        var differences: [PointerDifference] = []
        var differenceCount = 0
    }

    /// What all datasets together may keep of their differences.
    private final class Room: Sendable {
        private let left: Mutex<Int>

        init(_ count: Int) { left = Mutex(count) }

        /// The first of `differences` that there is room for.
        func fill(_ differences: [PointerDifference]) -> [PointerDifference] {
            left.withLock { left in
                let kept = Array(differences.prefix(left))
                left -= kept.count
                return kept
            }
        }
    }

    /// Differences that are kept of all datasets together; a report has no room for more.
    private static let mostDifferences = 10_000

    /// The outcomes of all datasets that follow on another.
    ///
    /// With `quick` only those are compared whose sums leave a doubt: the work is that of reading all metadata that changed
    /// between snapshots.
    func all(_ facts: [UInt64: DeadlistFacts]) -> [UInt64: Outcome] {
        let pairs = graph.sortedDatasets.filter { dataset in
            graph.datasets[dataset.previous] != nil && isDoubtful(dataset, facts[dataset.object])
        }
        let room = Room(Self.mostDifferences)
        let outcomes = WorkerPool(threadCount: context.options.threadCount)
            .map(below: pairs.count) { outcome(of: pairs[$0], room) }
        return Dictionary(
            zip(pairs.map(\.object), outcomes), uniquingKeysWith: { first, _ in first })
    }

    private func isDoubtful(_ dataset: GraphDataset, _ facts: DeadlistFacts?) -> Bool {
        guard context.options.depth == .quick else { return true }
        guard let facts, facts.isComplete, let before = graph.datasets[dataset.previous],
            let born = context.census.bornSince(objectSet: dataset.object)
        else { return true }
        let referenced = dataset.stored.referenced
        return before.stored.referenced + ChargedSpace(born) - referenced != facts.listed.total
    }

    /// The blocks of the snapshot before that a dataset lacks, given to `visit`.
    package func forEachLost(
        of dataset: GraphDataset, _ visit: @escaping (BlockPointer) -> Void
    ) throws {
        guard let before = graph.datasets[dataset.previous] else { return }
        var difference = difference(of: dataset, visit)
        try difference.run(
            older: before.stored.rootPointer, newer: dataset.stored.rootPointer)
    }

    private func difference(
        of dataset: GraphDataset, _ visit: @escaping (BlockPointer) -> Void
    ) -> TreeDifference {
        TreeDifference(
            source: context.pool.reader, objectSet: dataset.object,
            isMoved: { context.pool.isMoved($0, $1, moved) }, isCancelled: { context.isCancelled },
            visit)
    }

    private func outcome(of dataset: GraphDataset, _ room: Room) -> Outcome {
        let isMovable = context.pool.hasRemovedVdevs
        final class Sums {
            var space: DeadSpaceSum
            var digest = PointerDigest()
            init(_ space: DeadSpaceSum) { self.space = space }
        }
        let sums = Sums(DeadSpaceSum(dataset, graph, context))
        var difference = difference(of: dataset) { pointer in
            sums.space.add(pointer)
            sums.digest.add(PointerIdentity(pointer, isMovable: isMovable))
        }
        var outcome = Outcome()
        do {
            if let before = graph.datasets[dataset.previous] {
                try difference.run(
                    older: before.stored.rootPointer, newer: dataset.stored.rootPointer)
            }
            outcome.loss = Loss(space: sums.space.sum, digest: sums.digest)
        } catch is TreeDifference.Cancelled {
        } catch {
            context.leaveUnchecked(
                "the deadlist of \(graph.name(ofDataset: dataset.object) ?? "dataset \(dataset.object)")",
                "the block trees can't be compared: \(error)")
        }
        outcome.differences = room.fill(difference.differences)
        outcome.differenceCount = difference.differenceCount
        return outcome
    }
}

extension DeadSpaceSum {
    init(_ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext) {
        self.init(
            previousFloor: graph.datasets[dataset.previous]?.stored.previousSnapshotTxg
                ?? .init(0),
            originTxg: graph.originTxg(of: dataset.directory), deflation: context.pool.deflation)
    }
}

extension ChargedSpace {
    init(_ total: SubtreeTotal) {
        self.init(
            used: total.charged, compressed: total.compressed, uncompressed: total.uncompressed)
    }
}

extension Pool {
    /// Whether blocks may have been given other addresses.
    var hasRemovedVdevs: Bool { rootConfig.children.contains { $0.kind == .indirect } }

    /// Whether the block of `old` is on a removed vdev and `new` says where that has gone and when, as far as its mapping can
    /// be read.
    fileprivate func isMoved(
        _ old: BlockPointer, _ new: BlockPointer, _ moved: MovedBirths
    ) -> Bool {
        let (source, destination) = (old.dva(0), new.dva(0))
        guard (try? reader.vdevs.top(source.vdev))?.kind == .indirect else { return false }
        if let birth = moved.birth(of: source, at: destination, reader.vdevs),
            birth != new.physicalBirth
        {
            return false
        }
        guard let from = place(of: source) else { return true }
        return from == place(of: destination)
    }

    /// The pieces of space that an address stands for, neighbours put together.
    private func place(of address: DVA) -> [SpaceRange]? {
        guard let count = Int(exactly: address.allocatedSize),
            let segments = try? reader.vdevs.segments(of: address, count: count)
        else { return nil }
        var ranges: [SpaceRange] = []
        for segment in segments {
            let (end, overflow) = segment.offset.addingReportingOverflow(UInt64(segment.byteCount))
            guard !overflow else { return nil }
            if let last = ranges.last, last.vdev == segment.vdev,
                last.bytes.upperBound == segment.offset
            {
                ranges[ranges.count - 1] = SpaceRange(
                    vdev: last.vdev, bytes: last.bytes.lowerBound..<end)
            } else {
                ranges.append(SpaceRange(vdev: segment.vdev, bytes: segment.offset..<end))
            }
        }
        return ranges
    }
}
