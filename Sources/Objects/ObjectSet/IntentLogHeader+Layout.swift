package import Bytes

extension IntentLogHeader {
    /// Where each field of `zil_header_t` lies on disk.
    package enum Layout {
        package static let claimTxg = Field<UInt64>("zh_claim_txg", at: 0)
        package static let replaySequence = Field<UInt64>("zh_replay_seq", at: 8)
        package static let log = AnyField("zh_log", 16..<144)
        package static let claimBlockSequence = Field<UInt64>("zh_claim_blk_seq", at: 144)
        package static let flags = Field<UInt64>("zh_flags", at: 152)
        package static let claimRecordSequence = Field<UInt64>("zh_claim_lr_seq", at: 160)
        package static let padding = AnyField("zh_pad", 168..<192)

        package static let fields = [
            AnyField(claimTxg), AnyField(replaySequence), log, AnyField(claimBlockSequence),
            AnyField(flags), AnyField(claimRecordSequence), padding,
        ]
    }
}
