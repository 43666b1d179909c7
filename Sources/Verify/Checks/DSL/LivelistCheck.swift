import Bytes
import Datasets
import Objects
import Vdevs

/// LL1, LL2: the livelist of a clone pairs every block that was freed with one that was written, counts what it holds, and
/// comes to what the clone's head has of its own.
///
/// Embedded blocks are not listed, so that the list may count less uncompressed bytes. Mirrors `verify_dd_livelist`
/// (`cmd/zdb/zdb.c`) and `dsl_livelist_iterate` (`module/zfs/dsl_deadlist.c`).
struct LivelistCheck: Check {
    static let kinds: [ProblemKind] = [
        .livelistUnreadable, .livelistTotals, .livelistPairing, .livelistSpace,
    ]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let accounts = DatasetAccounts(context, graph)
        var survey = PointerListSurvey(context)
        for directory in graph.sortedDirectories {
            guard let list = directory.fields.livelist, list != 0 else { continue }
            guard !context.isCancelled else { return }
            var location = graph.location(ofDirectory: directory.object)
            location.object = list
            do {
                let notes = PoolNotes()
                let keys = try DeadlistKeys(list, MetaObjects(context.pool.meta.set, notes: notes))
                check(keys, directory, location, &survey, graph, accounts, context)
            } catch {
                context.report(
                    Problem(
                        .livelistUnreadable, at: location,
                        evidence: Record(["cause": .text("\(error)")])))
            }
        }
        context.report(survey.problems)
    }

    private func check(
        _ keys: DeadlistKeys, _ directory: GraphDirectory, _ location: Location,
        _ survey: inout PointerListSurvey, _ graph: DatasetGraph, _ accounts: DatasetAccounts,
        _ context: CheckContext
    ) {
        var total = ChargedSpace()
        for part in keys.parts(upTo: context.pool.txg) {
            var balance = LivelistBalance(memory: context.options.memory / 8)
            let outcome = survey.read(part.list, owner: directory.object, isLivelist: true) {
                balance.add($0.pointer, isFree: $0.isFree)
            }
            guard outcome.isComplete else {
                context.leaveUnchecked(
                    "the livelist of \(directory.name ?? "directory \(directory.object)")",
                    "list \(part.list) can't be read")
                return
            }
            total += outcome.space
            // It was read to its end before.
            guard let list = try? context.pool.meta.pointerList(part.list) else { continue }
            balance.forEachUnbalanced(in: list) { pointer, balance in
                guard balance < 0 else { return }
                var place = location
                place.object = part.list
                place.vdev = UInt64(pointer.dva(0).vdev)
                place.offset = pointer.dva(0).offset
                context.report(Problem(.livelistPairing, at: place))
            }
        }
        compare(total, keys.header.space, .livelistTotals, location, context)
        guard let own = accounts.ownSpace(ofHeadOf: directory) else { return }
        let (listed, header) = (own, keys.header.space)
        guard
            listed.used != header.used || listed.compressed != header.compressed
                || listed.uncompressed < header.uncompressed
        else { return }
        compare(own, header, .livelistSpace, location, context)
    }

    private func compare(
        _ expected: ChargedSpace, _ found: ChargedSpace, _ kind: ProblemKind,
        _ location: Location, _ context: CheckContext
    ) {
        guard expected != found else { return }
        context.report(
            Problem(
                kind, at: location,
                evidence: Record([
                    "expected": .record(expected.record), "found": .record(found.record),
                ])))
    }
}
