package import Bytes

extension DedupLogHeader {
    /// Where each field of `ddt_log_header_t` lies on disk.
    package enum Layout {
        package static let byteCount = 64

        package static let info = Field<UInt64>("dlh_info", at: 0)
        package static let length = Field<UInt64>("dlh_length", at: 8)
        package static let firstTxg = Field<UInt64>("dlh_first_txg", at: 16)
        package static let checkpoint0 = Field<UInt64>("dlh_checkpoint.ddk_cksum[0]", at: 24)
        package static let checkpoint1 = Field<UInt64>("dlh_checkpoint.ddk_cksum[1]", at: 32)
        package static let checkpoint2 = Field<UInt64>("dlh_checkpoint.ddk_cksum[2]", at: 40)
        package static let checkpoint3 = Field<UInt64>("dlh_checkpoint.ddk_cksum[3]", at: 48)
        package static let checkpointProperties = Field<UInt64>("dlh_checkpoint.ddk_prop", at: 56)

        package static let fields = [
            AnyField(info),
            AnyField(length),
            AnyField(firstTxg),
            AnyField(checkpoint0),
            AnyField(checkpoint1),
            AnyField(checkpoint2),
            AnyField(checkpoint3),
            AnyField(checkpointProperties),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
