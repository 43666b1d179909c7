package import Bytes

extension EmbeddedChecksum {
    /// Where the fields of `zio_eck_t` lie, and where it lies itself.
    package enum Layout {
        package static let magicNumber: UInt64 = 0x0210_da7a_b10c_7a11
        /// The size of `zio_eck_t`.
        package static let byteCount = 40

        package static let magic = Field<UInt64>("zec_magic", at: 0)
        package static let word0 = Field<UInt64>("zec_cksum.zc_word[0]", at: 8)
        package static let word1 = Field<UInt64>("zec_cksum.zc_word[1]", at: 16)
        package static let word2 = Field<UInt64>("zec_cksum.zc_word[2]", at: 24)
        package static let word3 = Field<UInt64>("zec_cksum.zc_word[3]", at: 32)

        package static let fields = [
            AnyField(magic), AnyField(word0), AnyField(word1), AnyField(word2), AnyField(word3),
        ]
    }

    /// Where the fields of `zil_chain_t` lie that the checksum of an intent log block depends on.
    package enum ChainLayout {
        package static let used = Field<UInt64>("zc_nused", at: 136)
        /// The offset of `zc_eck`.
        package static let trailerOffset = 144
        /// The size of `zil_chain_t`.
        package static let byteCount = 184
        /// `ZIL_MIN_BLKSZ`, 4096, as a shift: the checksum covers the used bytes rounded up to this.
        package static let blockShift: UInt8 = 12

        package static let fields = [AnyField(used)]
    }
}
