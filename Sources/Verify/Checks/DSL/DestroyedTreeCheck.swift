import Bytes
import Datasets
import Objects

/// BT1: the queue of destroyed datasets counts what it is yet to free.
///
/// What a dataset takes that is half freed can't be told, so that the sum is only known where none is.
struct DestroyedTreeCheck: Check {
    static let kinds: [ProblemKind] = [.destroyedTotals]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        guard let queue = try? context.pool.destroyedTrees(),
            let entries = try? queue.entries()
        else { return }
        guard entries.allSatisfy({ $0.bookmark == BlockBookmark.start }) else {
            context.leaveUnchecked("the queue of destroyed datasets", "one of them is half freed")
            return
        }
        guard let total = context.census.destroyed(queue: queue.object.number) else {
            context.leaveUnchecked("the queue of destroyed datasets", context.census.whyUnknown)
            return
        }
        let expected = ChargedSpace(total)
        let fields = [
            ("bt_bytes", expected.used, queue.bytes),
            ("bt_comp", expected.compressed, queue.compressedBytes),
            ("bt_uncomp", expected.uncompressed, queue.uncompressedBytes),
        ]
        var location = Location()
        location.objectSet = 0
        location.object = queue.object.number
        for (field, expected, found) in fields where expected != found {
            context.report(
                Problem(
                    .destroyedTotals, at: location,
                    evidence: .comparison(field, expected: expected, found: found)))
        }
    }
}
