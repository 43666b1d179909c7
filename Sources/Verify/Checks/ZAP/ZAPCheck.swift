import Blocks
import Bytes
import Datasets
import Devices
import Files
import Objects
import Synchronization

/// Whether every ZAP of the pool can be trusted: of the MOS, of all datasets and snapshots, each version once.
///
/// Micro ZAPs were checked while the pool was walked. Here all others are read from end to end: header, pointer table,
/// leaves, chains, free lists, counts, and flags against what it is used for.
struct ZAPCheck: Check {
    static let kinds: [ProblemKind] = ZAPProblem.Kind.allCases.compactMap { ProblemKind.zap($0) }
    static let needsCensus = true

    /// ZAPs that one thread takes at a time.
    private static let batchSize = 16

    func run(_ context: CheckContext) {
        let findings = context.census.zaps
        let holders = NewestHolders(context)
        for problem in findings.problems.all { context.report(holders.renamed(problem)) }
        if findings.omittedCount > 0 {
            context.leaveUnchecked("\(findings.omittedCount) ZAPs", context.census.whyUnknown)
        }
        let places = findings.waiting.sorted {
            ($0.objectSet, $0.object) < ($1.objectSet, $1.object)
        }
        let count = (places.count + Self.batchSize - 1) / Self.batchSize
        let sets = ZAPObjectSets(context, findings.roots)
        let use = ZAPUse(context.pool)
        WorkerPool(threadCount: context.options.threadCount).forEach(below: count) { batch in
            let end = min(places.count, (batch + 1) * Self.batchSize)
            for place in places[batch * Self.batchSize..<end] where !context.isCancelled {
                check(place, sets, use, holders, context)
            }
        }
    }

    private func check(
        _ place: ZAPFindings.Place, _ sets: ZAPObjectSets, _ use: ZAPUse,
        _ holders: NewestHolders, _ context: CheckContext
    ) {
        guard let set = sets.objectSet(place) else { return }
        let zap: ZAP
        do throws(ObjectError) {
            zap = try ZAP(try set.object(place.object))
        } catch {
            report(error, place, holders, context)
            return
        }
        if case .fat(let header) = zap.form,
            let flaw = use.flaw(of: header.flags, zap.object, in: place.objectSet)
        {
            report(flaw, place, holders, context)
        }
        for problem in zap.forEachEntry({ _ in }) {
            guard
                let found = Problem(problem, objectSet: place.objectSet, object: place.object)
            else {
                context.leaveUnchecked(
                    "a part of the ZAP in object \(place.object) of object set \(place.objectSet)",
                    problem.what)
                continue
            }
            context.report(holders.renamed(found))
        }
    }

    /// A first block that begins no ZAP is damage; one that can't be read is told of as such.
    private func report(
        _ error: ObjectError, _ place: ZAPFindings.Place, _ holders: NewestHolders,
        _ context: CheckContext
    ) {
        guard case .format = error.reason else {
            context.leaveUnchecked(
                "the ZAP in object \(place.object) of object set \(place.objectSet)", "\(error)")
            return
        }
        report("\(error)", place, holders, context)
    }

    /// Something about the header.
    private func report(
        _ cause: String, _ place: ZAPFindings.Place, _ holders: NewestHolders,
        _ context: CheckContext
    ) {
        var location = Location(objectSet: place.objectSet, object: place.object)
        location.blockID = 0
        let problem = Problem(
            .zapHeader, at: location, evidence: Record(["cause": .text(cause)]))
        context.report(holders.renamed(problem))
    }
}
