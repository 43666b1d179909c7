package import Bytes

/// The eight bytes before a Zstandard frame: how long it is, and which level and version made it.
///
/// Mirrors `zfs_zstdhdr_t` (`include/sys/zstd/zstd.h`).
package struct ZstdHeader: Sendable, Hashable {
    /// `c_len`: the length of the frame in bytes, without this header.
    package let count: UInt32
    /// ZFS's own number of the level (`enum zio_zstd_levels`): 1 to 19 as they are, the fast ones from 103.
    package let level: UInt8
    /// The version of the library that wrote the frame, as 10405 for 1.4.5.
    package let version: UInt32

    package init(count: UInt32, level: UInt8, version: UInt32) {
        self.count = count
        self.level = level
        self.version = version
    }

    /// Both numbers are big-endian whatever the pool's byte order.
    ///
    /// The second one holds a level and a version, and early releases stored these two in an order
    /// that depended on the host. The highest byte of the version is zero in every release, so the
    /// zero byte tells the order: the level is the first byte or the last one.
    package init(_ bytes: RawSpan) throws(FormatError) {
        count = try Layout.count.read(bytes, .big)
        let word = try Layout.versionAndLevel.read(bytes, .big)
        let (b0, b1) = (word >> 24, word >> 16 & 0xff)
        let (b2, b3) = (word >> 8 & 0xff, word & 0xff)
        if b1 == 0 {
            (level, version) = (UInt8(b0), b2 << 8 | b3)
        } else if b0 == 0 {
            (level, version) = (UInt8(b3), b1 << 8 | b2)
        } else if b3 == 0 {
            (level, version) = (UInt8(b0), b2 << 8 | b1)
        } else if b2 == 0 {
            (level, version) = (UInt8(b3), b1 << 8 | b0)
        } else {
            (level, version) = (0, 0)
        }
    }

    /// Whether the level is one that ZFS writes; any other one is a sign of damage.
    package var isKnownLevel: Bool { Self.libraryLevel(level) != nil }

    /// `ZIO_ZSTD_LEVEL_DEFAULT`.
    package static let defaultLevel: UInt8 = 3

    /// The library's number of a level: ZFS's first 19 are its own, those from 103 to 123 are the
    /// negative, fast ones.
    static func libraryLevel(_ level: UInt8) -> Int32? {
        switch level {
        case 1...19: Int32(level)
        case 103...112: 102 - Int32(level)
        case 113...121: (Int32(level) - 111) * -10
        case 122: -500
        case 123: -1000
        default: nil
        }
    }
}
