import Bytes
import Datasets
import Objects

/// The ring of the pool's history: its offsets, and every record in it.
struct HistoryCheck: Check {
    static let kinds: [ProblemKind] = [.historyHeader, .historyRecord]

    /// The sizes that `spa_history_create_obj` (`module/zfs/spa_history.c`) can choose, in bytes.
    private static let sizes: ClosedRange<UInt64> = 128 << 10...1 << 30

    func run(_ context: CheckContext) {
        guard let number = context.pool.directory.object(.history) else { return }
        let history: History
        do throws(PoolError) {
            guard let found = try context.pool.history() else { return }
            history = found
        } catch {
            guard !error.isUnreadableBlock else {
                context.leaveUnchecked("the history", "\(error)")
                return
            }
            report(.historyHeader, number, nil, "\(error)", context)
            return
        }
        if let flaw = flaw(of: history.header) {
            report(.historyHeader, number, nil, flaw, context)
            return
        }
        history.forEachRecord { _ in
        } problem: { offset, what in
            report(.historyRecord, number, offset, what, context)
        }
    }

    private func flaw(of header: HistoryHeader) -> String? {
        if !Self.sizes.contains(header.physicalEnd) {
            return "the ring has \(header.physicalEnd) bytes"
        }
        if header.creationEnd >= header.physicalEnd {
            return "the record of the creation ends at \(header.creationEnd)"
        }
        // Nothing was written yet.
        guard header.end > 0 else { return nil }
        if header.begin < header.creationEnd || header.end < header.begin {
            return "it begins at \(header.begin) and ends at \(header.end)"
        }
        return header.end - header.begin > header.physicalEnd - header.creationEnd
            ? "\(header.end - header.begin) bytes don't fit into the ring" : nil
    }

    private func report(
        _ kind: ProblemKind, _ object: UInt64, _ offset: UInt64?, _ why: String,
        _ context: CheckContext
    ) {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.offset = offset
        context.report(
            Problem(kind, at: location, evidence: Record(["cause": .text(why)])))
    }
}
