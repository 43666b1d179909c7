import Bytes
import Codecs
import Vdevs

/// Judges candidate bytes of one block by the checksum in its pointer, or by the one that they carry themselves.
///
/// Mirrors `zio_checksum_error_impl` (`module/zfs/zio_checksum.c`).
struct BlockVerifier {
    let algorithm: ChecksumAlgorithm
    /// What a block that carries its own checksum was computed with in its place; else the checksum itself.
    let expected: Checksum
    let order: ByteOrder
    let salt: ChecksumSalt?
    /// Half of the checksum's place is taken by the MAC, so only two words can be compared.
    let isTruncated: Bool
    /// What the last rejected bytes should have given, and gave.
    private(set) var mismatch: (expected: Checksum, found: Checksum)?
    /// Why no checksum could be computed, in which case every candidate is rejected.
    private(set) var problem: CodecError?

    init(_ pointer: BlockPointer, salt: ChecksumSalt?) {
        algorithm = pointer.checksumAlgorithm
        expected = pointer.checksum
        order = pointer.order
        self.salt = salt
        isTruncated = pointer.usesCrypt && pointer.type != .objectSet
    }

    /// For the header that a gang pointer leads to.
    init(gangHeaderOf pointer: BlockPointer) {
        algorithm = .gangHeader
        expected = EmbeddedChecksum.gangVerifier(
            vdev: UInt64(pointer.dva(0).vdev), offset: pointer.dva(0).offset,
            physicalBirth: pointer.physicalBirth)
        order = pointer.order
        salt = nil
        isTruncated = pointer.usesCrypt && pointer.type != .objectSet
    }

    mutating func accepts(_ bytes: RawSpan) -> Bool {
        guard algorithm != .off, algorithm != .noparity else { return true }
        do {
            if algorithm.isEmbedded {
                return judge(
                    try EmbeddedChecksum.verify(bytes, algorithm, verifier: expected))
            }
            let found = try algorithm.compute(bytes, order, salt: salt)
            if matches(found, expected) { return true }
            mismatch = (expected, found)
        } catch {
            problem = error
        }
        return false
    }

    private mutating func judge(_ outcome: EmbeddedChecksum) -> Bool {
        switch outcome {
        case .valid: return true
        case .invalid(let stored, let found):
            if isTruncated && matches(found, stored) { return true }
            mismatch = (stored, found)
        case .unreadable: break
        }
        return false
    }

    private func matches(_ found: Checksum, _ expected: Checksum) -> Bool {
        guard isTruncated else { return found == expected }
        let half = algorithm.truncated(found)
        return half.word0 == expected.word0 && half.word1 == expected.word1
    }
}
