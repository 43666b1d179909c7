import Vdevs

/// The memory that what a log changes may take, counted record by record.
///
/// A log of an honest pool holds what was written in some seconds; one that somebody made up may be as large as the pool.
struct ReplayBudget {
    /// Bytes that are left.
    private var left: Int

    /// What comes next does not fit.
    struct UsedUp: Error {
        /// The number of the first record that was not applied.
        let sequence: UInt64
    }

    /// What a record leaves behind beside its own bytes: attributes of a file and its directory, an entry, a stand-in.
    private static let bytesPerRecord = 2048
    /// A run of a file's bytes for each block that is named, in an array that doubles.
    private static let bytesPerPointer = 3 * MemoryLayout<FileEdits.Run>.stride

    /// `memory` is in bytes.
    init(memory: Int) { left = memory }

    /// Takes what one record needs.
    mutating func take(_ record: LogRecord) throws(UsedUp) {
        left -=
            record.byteCount + Self.bytesPerRecord
            + (1 + record.pointers.count) * Self.bytesPerPointer
        guard left >= 0 else { throw UsedUp(sequence: record.sequence) }
    }
}
