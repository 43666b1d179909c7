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
            strays += compare(dataset, graph, context)
        }
        report(strays, graph, context)
    }

    /// An entry that should not be there.
    private struct Stray {
        let entry: PointerListSurvey.Entry
        let dataset: UInt64
    }

    private func compare(
        _ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) -> [Stray] {
        let isMovable = context.pool.hasRemovedVdevs
        final class Expected { var blocks: [PointerIdentity: [BlockPointer]] = [:] }
        let expected = Expected()
        let isRead =
            (try? TreeComparison(context, graph).forEachLost(of: dataset) { pointer in
                let identity = PointerIdentity(pointer, isMovable: isMovable)
                expected.blocks[identity, default: []].append(pointer)
            }) != nil
        guard isRead else { return [] }
        var strays: [Stray] = []
        DeadlistReading(context, graph).forEachEntry(of: dataset) { entry in
            let identity = PointerIdentity(entry.pointer, isMovable: isMovable)
            guard expected.blocks[identity]?.popLast() == nil else { return }
            strays.append(Stray(entry: entry, dataset: dataset.object))
        }
        let missing = expected.blocks.values.joined()
        guard let first = missing.first else { return strays }
        var location = graph.location(ofDataset: dataset.object)
        location.object = dataset.stored.deadlist
        context.report(
            Problem(
                .deadlistMissing, at: location,
                evidence: Record([
                    "blocks": .number(UInt64(missing.count)), "first": .record(first.record),
                ])))
        return strays
    }

    /// Whoever owns the block of a stray uses it still.
    private func report(_ strays: [Stray], _ graph: DatasetGraph, _ context: CheckContext) {
        guard !strays.isEmpty else { return }
        let wanted = strays.prefix(Self.mostSearched).filter { !$0.entry.pointer.isEmbedded }
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
