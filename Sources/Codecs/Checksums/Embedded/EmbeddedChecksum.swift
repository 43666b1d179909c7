package import Bytes

/// What became of the check of a block that carries its checksum in itself: parts of a label, gang
/// headers and intent log blocks.
///
/// While the checksum was computed, its own place held a verifier: words that tell where the block
/// belongs. So a block that was written to another place does not pass. The trailer's magic number
/// tells the byte order of the host that wrote the block. Mirrors `zio_eck_t` (`include/sys/zio.h`) and
/// `zio_checksum_error_impl` (`module/zfs/zio_checksum.c`).
package enum EmbeddedChecksum: Sendable, Hashable {
    /// The block is as it was written, by a host of this byte order.
    case valid(ByteOrder)
    /// The trailer holds `expected`, but the bytes give `found`.
    case invalid(expected: Checksum, found: Checksum)
    /// There is no trailer to go by.
    case unreadable(FormatError)

    package var isValid: Bool {
        if case .valid = self { true } else { false }
    }

    /// The byte order of the host that wrote the block, where the block passed.
    package var order: ByteOrder? {
        if case .valid(let order) = self { order } else { nil }
    }
}
