package import Bytes

extension LogChain {
    /// Where each field of `zil_chain_t` lies, from the start of the structure.
    package enum Layout {
        package static let byteCount = 184
        /// `ZEC_MAGIC`: in front of every embedded checksum, and the sign of the block's byte order.
        package static let magicNumber: UInt64 = 0x0210_da7a_b10c_7a11

        package static let padding = Field<UInt64>("zc_pad", at: 0)
        package static let next = AnyField("zc_next_blk", 8..<136)
        package static let used = Field<UInt64>("zc_nused", at: 136)
        package static let magic = Field<UInt64>("zc_eck.zec_magic", at: 144)
        package static let checksum = AnyField("zc_eck.zec_cksum", 152..<184)

        package static let fields = [
            AnyField(padding), next, AnyField(used), AnyField(magic), checksum,
        ]
    }
}
