import Bytes
import Datasets
import Objects
import Vdevs

/// The logs of broken blocks: whether each entry names a block, and whether that is still broken.
struct ErrorLogCheck: Check {
    static let kinds: [ProblemKind] = [.errorEntry, .errorHead, .errorStale, .errorKnown]

    func run(_ context: CheckContext) {
        let isByHead = context.pool.features.isEnabled("head_errlog")
        var judge = ErrorJudge(context)
        for key in [ObjectDirectory.Key.errorsOfLast, .errorsOfScrub] {
            guard let number = context.pool.directory.object(key) else { continue }
            forEachEntry(of: number, "the error log \(key.rawValue)", context) { entry in
                if isByHead {
                    readHead(entry, in: number, &judge, context)
                } else if let words = Self.numbers(entry.name) {
                    judge.judge(
                        dataset: words[0], object: words[1], level: words[2], index: words[3],
                        birth: nil)
                } else {
                    report(.errorEntry, number, entry.name, context)
                }
            }
        }
    }

    private func readHead(
        _ head: ZAPEntry, in number: UInt64, _ judge: inout ErrorJudge, _ context: CheckContext
    ) {
        guard let dataset = UInt64(head.name, radix: 16), let table = head.uint64,
            (try? context.pool.meta.object(table))?.type == .errorLog
        else {
            report(.errorHead, number, head.name, context)
            return
        }
        forEachEntry(of: table, "the errors of dataset \(dataset)", context) { entry in
            guard let words = Self.numbers(entry.name) else {
                report(.errorEntry, table, entry.name, context)
                return
            }
            judge.judge(
                dataset: dataset, object: words[0], level: words[1], index: words[2],
                birth: TransactionGroup(words[3]))
        }
    }

    /// The user does not want to wait any longer.
    private struct Cancelled: Error {}

    private func forEachEntry(
        of number: UInt64, _ what: String, _ context: CheckContext, _ body: (ZAPEntry) -> Void
    ) {
        do {
            try context.pool.meta.zap(number).forEachEntry { entry throws(Cancelled) in
                guard !context.isCancelled else { throw Cancelled() }
                body(entry)
            }
        } catch is Cancelled {
        } catch {
            context.leaveUnchecked(what, "\(error)")
        }
    }

    /// Four hexadecimal numbers between colons.
    private static func numbers(_ name: String) -> [UInt64]? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { UInt64($0, radix: 16) }
        return parts.count == 4 && numbers.count == 4 ? numbers : nil
    }

    private func report(
        _ kind: ProblemKind, _ object: UInt64, _ name: String, _ context: CheckContext
    ) {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.key = name
        context.report(Problem(kind, at: location))
    }
}
