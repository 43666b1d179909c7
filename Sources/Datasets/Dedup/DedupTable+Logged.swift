import Objects

extension DedupTable {
    /// A record of a log that counts, and the log that has it.
    package struct Logged: Sendable {
        package let record: DedupLogRecord
        /// The log's object.
        package let log: UInt64

        package var entry: DedupEntry { record.entry }
    }

    /// What the logs say of each key, which stands for whatever the stores say of it.
    ///
    /// The log that is written stands for the one that is flushed, as `ddt_log_load` (`module/zfs/ddt_log.c`) has it. What
    /// can't be read goes to the notes.
    package func logged() -> [DedupKey: Logged] {
        var logged: [DedupKey: Logged] = [:]
        for log in logs.sorted(by: { $0.isFlushing && !$1.isFlushing }) {
            forEachRecord(of: log) {
                logged[$0.entry.key] = Logged(record: $0, log: log.object.number)
            }
        }
        return logged
    }
}
