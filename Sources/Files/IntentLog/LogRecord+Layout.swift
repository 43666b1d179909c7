package import Bytes

extension LogRecord {
    /// Where each field of `lr_t` lies on disk.
    package enum Layout {
        package static let byteCount = 32

        package static let type = Field<UInt64>("lrc_txtype", at: 0)
        package static let recordLength = Field<UInt64>("lrc_reclen", at: 8)
        package static let txg = Field<UInt64>("lrc_txg", at: 16)
        package static let sequence = Field<UInt64>("lrc_seq", at: 24)

        package static let fields = [
            AnyField(type), AnyField(recordLength), AnyField(txg), AnyField(sequence),
        ]
        /// The file that a record is about, in those that can be logged out of order (`lr_ooo_t`).
        package static let object = Field<UInt64>("lr_foid", at: 32)
    }
}
