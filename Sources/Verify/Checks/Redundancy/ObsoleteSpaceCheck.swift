import Bytes
import Datasets
import Vdevs

/// IN5, OB1: what is noted as obsolete of a removed vdev's mapping is what nothing refers to any more, entry by entry.
///
/// Only where the notes are exact from the beginning (`obsolete_counts_are_precise`). Mirrors
/// `zdb_check_for_obsolete_leaks` (`cmd/zdb/zdb.c`).
struct ObsoleteSpaceCheck: Check {
    static let kinds: [ProblemKind] = [.obsoleteSpace]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        for config in context.pool.rootConfig.children where config.kind == .indirect {
            let zap = VdevZAP(config.topZAP, context.pool.meta, "vdev \(config.name)")
            guard zap.obsoleteCountsArePrecise, let vdev = config.id,
                let books = ObsoleteBooks(
                    config, context,
                    whenTooLarge: {
                        context.leaveUnchecked(
                            "what is obsolete of removed vdev \(vdev)",
                            "its pieces take more than the memory that there is for them; a larger "
                                + "`--memory` may be enough")
                    })
            else { continue }
            guard books.isComplete else {
                context.leaveUnchecked(
                    "what is obsolete of removed vdev \(vdev)",
                    "the walk did not come to everything that may lie on it")
                continue
            }
            check(books, vdev, context)
        }
    }

    private func check(_ books: ObsoleteBooks, _ vdev: UInt64, _ context: CheckContext) {
        // Maps and counts that can't be right by themselves are told by whoever looks at them alone.
        guard books.map?.isSound ?? true, books.previous?.isSound ?? true else { return }
        var wrong: (first: UInt64, count: UInt64)?
        var (expected, found): (UInt64, UInt64) = (0, 0)
        for (place, entry) in books.entries.enumerated() {
            guard let noted = books.noted(ofEntry: place) else { return }
            let obsolete = books.obsolete(ofEntry: place)
            // Sound: sums of parts of a vdev.
            expected &+= obsolete
            found &+= noted
            guard noted != obsolete else { continue }
            wrong = (wrong?.first ?? entry.source, (wrong?.count ?? 0) + 1)
        }
        guard let wrong, let mapping = books.config.indirectObject else { return }
        var location = Location(objectSet: 0, object: mapping)
        location.vdev = vdev
        context.report(
            Problem(
                .obsoleteSpace, at: location,
                evidence: Record([
                    "expected": .bytes(expected), "found": .bytes(found),
                    "first_entry": .offset(wrong.first), "count": .number(wrong.count),
                ])))
    }
}
