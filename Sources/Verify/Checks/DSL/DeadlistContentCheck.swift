import Bytes
import Datasets
import Vdevs

/// DL3: a deadlist holds exactly the blocks that the snapshot before the dataset has and the dataset has not.
struct DeadlistContentCheck: Check {
    static let kinds: [ProblemKind] = [.deadlistLive, .deadlistForeign, .deadlistMissing]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let facts = context.dsl.deadlists(context)
        var strays: [Stray] = []
        for dataset in graph.sortedDatasets {
            guard !context.isCancelled else { return }
            guard let own = facts[dataset.object], own.isComplete, let loss = own.loss,
                own.digest != loss.digest
            else { continue }
            compare(dataset, losing: loss.digest.count, graph, context, &strays)
        }
        report(strays, graph, context)
    }

    /// An entry that should not be there.
    private struct Stray {
        let entry: PointerListSurvey.Entry
        let dataset: UInt64
    }

    private func compare(
        _ dataset: GraphDataset, losing lostCount: UInt64, _ graph: DatasetGraph,
        _ context: CheckContext, _ strays: inout [Stray]
    ) {
        let isMovable = context.pool.hasRemovedVdevs
        let trees = TreeComparison(context, graph)
        let lists = DeadlistReading(context, graph)
        let partCount = ExpectedBlocks.partCount(
            blocks: lostCount, memory: context.options.memory / 4)
        var own: [Stray] = []
        var missingCount: UInt64 = 0
        var firstMissing: BlockPointer?
        for part in 0..<partCount {
            let expected = ExpectedBlocks(part: part, of: partCount, isMovable: isMovable)
            guard (try? trees.forEachLost(of: dataset, expected.expect)) != nil else { return }
            lists.forEachEntry(of: dataset) { entry in
                guard !expected.strike(entry.pointer),
                    strays.count + own.count < Self.mostSearched
                else { return }
                own.append(Stray(entry: entry, dataset: dataset.object))
            }
            guard !context.isCancelled else { return }
            missingCount += expected.missingCount
            guard firstMissing == nil, expected.missingCount > 0 else { continue }
            guard (try? trees.forEachLost(of: dataset, expected.seek)) != nil else { return }
            firstMissing = expected.firstMissing
        }
        strays += own
        guard let firstMissing else { return }
        var location = graph.location(ofDataset: dataset.object)
        location.object = dataset.stored.deadlist
        context.report(
            Problem(
                .deadlistMissing, at: location,
                evidence: Record([
                    "blocks": .number(missingCount), "first": .record(firstMissing.record),
                ])))
    }

    /// Whoever owns the block of a stray uses it still.
    private func report(_ strays: [Stray], _ graph: DatasetGraph, _ context: CheckContext) {
        guard !strays.isEmpty else { return }
        let wanted = strays.filter { !$0.entry.pointer.isEmbedded }
        var books = SpaceBookCheck(context.pool, budget: context.options.memory / 4)
        books.run()
        let owners = OwnerSearch(
            context.pool, vdevs: books.vdevs, threadCount: context.options.threadCount,
            memory: context.options.memory, interruption: context.interruption
        ).owners(of: wanted.map { SpaceRange($0.entry.pointer.dva(0)) })
        for (stray, owners) in zip(wanted, owners) {
            var location = graph.location(ofDataset: stray.dataset)
            location.object = stray.entry.list
            location.vdev = UInt64(stray.entry.pointer.dva(0).vdev)
            location.offset = stray.entry.pointer.dva(0).offset
            location.size = stray.entry.pointer.dva(0).allocatedSize
            var problem = Problem(
                owners.isEmpty ? .deadlistForeign : .deadlistLive, at: location,
                evidence: Record([
                    "index": .number(stray.entry.index), "birth": .txg(stray.entry.pointer.birth),
                ]))
            problem.owners = owners
            context.report(problem)
        }
    }

    /// Entries whose owners are looked for; nobody reads of more.
    private static let mostSearched = 1000
}

extension SpaceRange {
    /// The space of an address, cut off where it passes the end of all numbers.
    fileprivate init(_ address: DVA) {
        let (end, overflow) = address.offset.addingReportingOverflow(address.allocatedSize)
        self.init(vdev: address.vdev, bytes: address.offset..<(overflow ? .max : end))
    }
}
