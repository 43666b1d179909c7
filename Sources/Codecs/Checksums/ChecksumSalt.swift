/// The pool's secret for the salted checksums (Skein, Edon-R, BLAKE3), and what follows from it.
///
/// Mirrors `zio_cksum_salt_t` (`include/sys/zio_checksum.h`); it is stored in the object directory as
/// `org.illumos:checksum_salt`.
package struct ChecksumSalt: Sendable, Hashable {
    package static let byteCount = 32

    /// The 32 bytes as they are stored.
    package let bytes: [UInt8]

    /// Nothing where there are not exactly 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }
}
