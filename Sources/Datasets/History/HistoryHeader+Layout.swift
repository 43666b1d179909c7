package import Bytes

extension HistoryHeader {
    /// Where each field of `spa_history_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 40

        package static let creationEnd = Field<UInt64>("sh_pool_create_len", at: 0)
        package static let physicalEnd = Field<UInt64>("sh_phys_max_off", at: 8)
        package static let begin = Field<UInt64>("sh_bof", at: 16)
        package static let end = Field<UInt64>("sh_eof", at: 24)
        package static let recordsLost = Field<UInt64>("sh_records_lost", at: 32)

        package static let fields = [
            AnyField(creationEnd),
            AnyField(physicalEnd),
            AnyField(begin),
            AnyField(end),
            AnyField(recordsLost),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
