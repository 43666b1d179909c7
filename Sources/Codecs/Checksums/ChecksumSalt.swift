/// The pool's secret for the salted checksums (Skein, Edon-R, BLAKE3), and what follows from it.
///
/// The states that the three begin with are worked out once, so that a block costs only itself.
/// Mirrors `zio_cksum_salt_t` (`include/sys/zio_checksum.h`); it is stored in the object directory as
/// `org.illumos:checksum_salt`.
package struct ChecksumSalt: Sendable, Hashable {
    package static let byteCount = 32

    /// The 32 bytes as they are stored.
    package let bytes: [UInt8]

    let skein: Skein
    let edonr: EdonR
    let blake3: BLAKE3

    /// Nothing where there are not exactly 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
        skein = Skein(outputBits: 256, key: bytes)
        edonr = EdonR(salt: bytes)
        blake3 = BLAKE3(salt: bytes)
    }
}
