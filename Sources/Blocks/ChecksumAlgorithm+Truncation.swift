import Codecs

extension ChecksumAlgorithm {
    /// What of a checksum is kept where an authentication code takes the place of its second half, which is then zero.
    ///
    /// A checksum that is no strong hash is folded, so that all of it still counts. Mirrors `zio_checksum_handle_crypt`
    /// (`module/zfs/zio_checksum.c`).
    func truncated(_ checksum: Checksum) -> Checksum {
        guard !isDedupStrength else { return Checksum(checksum.word0, checksum.word1, 0, 0) }
        return Checksum(
            checksum.word0 ^ checksum.word2, checksum.word1 ^ checksum.word3, 0, 0)
    }

    /// Strong enough to identify a block by (`ZCHECKSUM_FLAG_DEDUP`); Edon-R is not reckoned to be.
    private var isDedupStrength: Bool {
        self == .sha256 || self == .sha512 || self == .skein || self == .blake3
    }
}
