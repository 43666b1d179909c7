import Files
import Verify

/// The records of an intent log before the first that something is wrong with.
struct LogPrefix {
    /// How many there are.
    private(set) var count = 0
    /// The block and the number of the last; nil where there is none.
    private(set) var last: (block: UInt64, record: UInt64)?

    init(of log: IntentLog, before problems: [Problem]) {
        var missing = problems
        var isSound = true
        _ = log.forEachBlock { block in
            for record in block.records {
                missing.removeAll { problem in
                    guard Self.concerns(problem, record, in: block) else { return false }
                    isSound = false
                    return true
                }
                guard isSound else { continue }
                count += 1
                last = (block.sequence, record.sequence)
            }
        }
        // A record that is not found among those that can be read leaves none to be trusted.
        guard missing.contains(where: { $0.kind != .logChain }) else { return }
        (count, last) = (0, nil)
    }

    private static func concerns(
        _ problem: Problem, _ record: LogRecord, in block: LogBlock
    ) -> Bool {
        if problem.kind == .logChain { return block.sequence >= problem.location.blockID ?? 0 }
        guard let key = problem.location.key else { return true }
        return "\(record.type) number \(record.sequence)" == key
            || key.hasSuffix("number \(record.sequence)")
    }
}
