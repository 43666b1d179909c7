import Bytes
import Objects
import Vdevs

extension IntentLog {
    /// How far a log could be followed by whoever applies it.
    struct Followed {
        /// Records whose changes the pool has already.
        var committed = 0
        /// The number of the first record that is left out, since the changes would take too much memory.
        var firstOmitted: UInt64?
        /// Why there are no more records.
        var end = End.empty
    }

    /// Shows the records that an import would apply, as far as there is memory for their changes.
    ///
    /// `txg` is what the pool has committed, `memory` is in bytes. Mirrors the tests at the head of `zil_replay_log_record`
    /// (`module/zfs/zil.c`).
    func forEachPending(
        after txg: TransactionGroup, memory: Int, _ visit: (LogRecord) -> Void
    ) -> Followed {
        var followed = Followed()
        var budget = ReplayBudget(memory: memory)
        // An import claims the log in the first txg that it opens.
        let first = header.claimTxg.rawValue == 0 ? txg.rawValue &+ 1 : header.claimTxg.rawValue
        do throws(ReplayBudget.UsedUp) {
            followed.end = try forEachBlock { block throws(ReplayBudget.UsedUp) in
                for record in block.records {
                    guard record.sequence > header.replaySequence, record.txg.rawValue >= first
                    else {
                        followed.committed += 1
                        continue
                    }
                    try budget.take(record)
                    visit(record)
                }
            }
        } catch {
            followed.firstOmitted = error.sequence
        }
        return followed
    }
}
