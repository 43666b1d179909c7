import Bytes
import Datasets
import Objects

/// TL1: the rings that tell which txg was current when are whole and go forward.
///
/// Times may stand still and txgs too; neither goes back, since nothing older than the newest entry is taken. Mirrors
/// `rrd_add` and `dbrrd_add` (`module/zfs/zfs_crrd.c`).
struct TransactionTimesCheck: Check {
    static let kinds: [ProblemKind] = [.transactionTimes]

    /// `RRD_STRUCT_ELEM`: head, tail and length, and 256 pairs of time and txg.
    private static let wordCount = 3 + 2 * ringSize
    private static let ringSize = 256

    func run(_ context: CheckContext) {
        for key in [
            ObjectDirectory.Key.txgTimesByMinute, .txgTimesByDay, .txgTimesByMonth,
        ] {
            guard let value = context.pool.directory.value(key),
                let flaw = flaw(of: value, context.pool.txg)
            else { continue }
            var location = Location(objectSet: 0, object: ObjectDirectory.objectNumber)
            location.key = key.rawValue
            context.report(
                Problem(.transactionTimes, at: location, evidence: Record(["cause": .text(flaw)])))
        }
    }

    private func flaw(of value: ZAPValue, _ newest: TransactionGroup) -> String? {
        guard value.integerSize == 8, value.count == Self.wordCount else {
            return "it has \(value.count) words of \(value.integerSize) bytes"
        }
        let words = value.words
        let times: TransactionTimes
        do {
            times = try TransactionTimes(words: words)
        } catch {
            return "\(error)"
        }
        // Sound: head and length were found to be within the ring.
        let tail = (Int(truncatingIfNeeded: words[0]) + times.entries.count) % Self.ringSize
        if words[1] != UInt64(tail) { return "rrd_tail is \(words[1]) instead of \(tail)" }
        for (entry, next) in zip(times.entries, times.entries.dropFirst())
        where next.time < entry.time || next.txg < entry.txg {
            return "txg \(next.txg) at time \(next.time) follows txg \(entry.txg) at \(entry.time)"
        }
        if let last = times.entries.last, last.txg > newest {
            return "it knows of txg \(last.txg)"
        }
        return nil
    }
}
