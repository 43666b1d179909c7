import Bytes
import Datasets
import Objects
import Vdevs

/// Reads the deadlists of all datasets.
struct DeadlistReading {
    private let context: CheckContext
    private let graph: DatasetGraph
    private let meta: MetaObjects

    init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.context = context
        self.graph = graph
        meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
    }

    func all() -> [UInt64: DeadlistFacts] {
        var facts: [UInt64: DeadlistFacts] = [:]
        var survey = PointerListSurvey(context)
        var room = DeadlistFacts.mostProblems
        for dataset in graph.sortedDatasets {
            guard !context.isCancelled else { break }
            let own = read(dataset, &survey, room: room)
            room -= own.problems.all.count
            facts[dataset.object] = own
        }
        for problem in survey.problems.all { context.report(problem) }
        return facts
    }

    /// The entries of one deadlist, whatever is wrong with it.
    func forEachEntry(of dataset: GraphDataset, _ visit: (PointerListSurvey.Entry) -> Void) {
        let number = dataset.stored.deadlist
        var survey = PointerListSurvey(context)
        guard number != 0, let own = try? meta.object(number) else { return }
        guard own.type.content == .zap else {
            _ = survey.read(number, owner: dataset.object, visit)
            return
        }
        guard let keys = try? DeadlistKeys(number, meta) else { return }
        for part in keys.parts(upTo: newestBirth(dataset)) {
            _ = survey.read(part.list, owner: dataset.object, visit)
        }
    }

    private func read(
        _ dataset: GraphDataset, _ survey: inout PointerListSurvey, room: Int
    ) -> DeadlistFacts {
        var facts = DeadlistFacts(room: room)
        let number = dataset.stored.deadlist
        guard number != 0 else { return facts }
        var sum = DeadSpaceSum(dataset, graph, context)
        do {
            let own = try meta.object(number)
            if own.type.content == .zap {
                let keys = try DeadlistKeys(number, meta)
                keys.report(dataset, graph, to: &facts.problems)
                var total = ChargedSpace()
                for part in keys.parts(upTo: newestBirth(dataset)) {
                    total += read(part, of: dataset, &survey, &facts, &sum)
                }
                compare(total, keys.header, dataset, &facts)
            } else {
                let part = DeadlistKeys.Part(list: number, births: nil)
                _ = read(part, of: dataset, &survey, &facts, &sum)
            }
        } catch {
            facts.isComplete = false
            facts.problems.add(
                Problem(
                    .deadlistUnreadable, at: location(number, dataset),
                    evidence: Record(["cause": .text("\(error)")])))
        }
        facts.listed = sum.sum
        return facts
    }

    /// The blocks of the dataset before it were born no later than when that was taken.
    private func newestBirth(_ dataset: GraphDataset) -> TransactionGroup {
        graph.datasets[dataset.previous]?.stored.creationTxg ?? dataset.stored.previousSnapshotTxg
    }

    private func read(
        _ part: DeadlistKeys.Part, of dataset: GraphDataset, _ survey: inout PointerListSurvey,
        _ facts: inout DeadlistFacts, _ sum: inout DeadSpaceSum
    ) -> ChargedSpace {
        var digest = facts.digest
        let isMovable = context.pool.hasRemovedVdevs
        let outcome = survey.read(part.list, owner: dataset.object) { entry in
            digest.add(PointerIdentity(entry.pointer, isMovable: isMovable))
            sum.add(entry.pointer)
            guard let births = part.births, !births.contains(entry.pointer.birth.rawValue) else {
                return
            }
            facts.problems.add(
                Problem(
                    .deadlistBirth, at: location(entry.list, dataset),
                    evidence: Record([
                        "index": .number(entry.index), "found": .txg(entry.pointer.birth),
                        "first": .number(births.lowerBound), "last": .number(births.upperBound),
                    ])))
        }
        facts.digest = digest
        if !outcome.isComplete { facts.isComplete = false }
        return outcome.space
    }

    /// The header counts what the lists hold.
    private func compare(
        _ total: ChargedSpace, _ header: DeadlistHeader, _ dataset: GraphDataset,
        _ facts: inout DeadlistFacts
    ) {
        guard facts.isComplete else { return }
        let fields = [
            ("dl_used", header.usedBytes, total.used),
            ("dl_comp", header.compressedBytes, total.compressed),
            ("dl_uncomp", header.uncompressedBytes, total.uncompressed),
        ]
        for (field, found, expected) in fields where found != expected {
            facts.problems.add(
                Problem(
                    .deadlistTotals, at: location(dataset.stored.deadlist, dataset),
                    evidence: .comparison(field, expected: expected, found: found)))
        }
    }

    private func location(_ object: UInt64, _ dataset: GraphDataset) -> Location {
        var location = graph.location(ofDataset: dataset.object)
        location.object = object
        return location
    }
}
