import Bytes
import Codecs
import Vdevs

/// Judges candidate bytes of one block by the checksum in its pointer.
///
/// Mirrors `zio_checksum_error_impl` (`module/zfs/zio_checksum.c`).
struct BlockVerifier {
    let algorithm: ChecksumAlgorithm
    let expected: Checksum
    let order: ByteOrder
    let salt: ChecksumSalt?
    /// Half of the checksum's place is taken by the MAC, so only two words can be compared.
    let isTruncated: Bool
    /// What the last rejected bytes gave.
    private(set) var found: Checksum?
    /// Why no checksum could be computed, in which case every candidate is rejected.
    private(set) var problem: CodecError?

    init(_ pointer: BlockPointer, salt: ChecksumSalt?) {
        algorithm = pointer.checksumAlgorithm
        expected = pointer.checksum
        order = pointer.order
        self.salt = salt
        isTruncated = pointer.usesCrypt && pointer.type != .objectSet
    }

    mutating func accepts(_ bytes: RawSpan) -> Bool {
        guard algorithm != .off, algorithm != .noparity else { return true }
        do {
            let checksum = try algorithm.compute(bytes, order, salt: salt)
            if matches(checksum) { return true }
            found = checksum
        } catch {
            problem = error
        }
        return false
    }

    private func matches(_ checksum: Checksum) -> Bool {
        guard isTruncated else { return checksum == expected }
        // A checksum that is no strong hash is folded, so that all of it still counts.
        guard !algorithm.isDedupStrength else {
            return checksum.word0 == expected.word0 && checksum.word1 == expected.word1
        }
        return checksum.word0 ^ checksum.word2 == expected.word0
            && checksum.word1 ^ checksum.word3 == expected.word1
    }
}

extension ChecksumAlgorithm {
    /// Strong enough to identify a block by (`ZCHECKSUM_FLAG_DEDUP`); Edon-R is not reckoned to be.
    fileprivate var isDedupStrength: Bool {
        self == .sha256 || self == .sha512 || self == .skein || self == .blake3
    }
}
