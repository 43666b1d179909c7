/// How a block's payload is compressed. Values this version does not know are kept.
///
/// Mirrors `enum zio_compress` (`include/sys/zio_compress.h`).
@usableFromInline
@frozen package struct CompressionAlgorithm: RawRepresentable, Hashable, Sendable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let inherit = Self(rawValue: 0)
    package static let on = Self(rawValue: 1)
    package static let off = Self(rawValue: 2)
    package static let lzjb = Self(rawValue: 3)
    /// A block of zeros; never stored, since such a block becomes a hole.
    package static let empty = Self(rawValue: 4)
    package static let gzip1 = Self(rawValue: 5)
    package static let gzip9 = Self(rawValue: 13)
    package static let zle = Self(rawValue: 14)
    package static let lz4 = Self(rawValue: 15)
    package static let zstd = Self(rawValue: 16)

    /// The gzip levels 1 to 9 have a value each.
    package var gzipLevel: Int? {
        (Self.gzip1.rawValue...Self.gzip9.rawValue).contains(rawValue) ? Int(rawValue) - 4 : nil
    }
}

extension CompressionAlgorithm: CustomStringConvertible {
    /// The name that zfs(8) and zdb(8) use.
    @usableFromInline package var description: String {
        switch self {
        case .inherit: "inherit"
        case .on: "on"
        case .off: "uncompressed"
        case .lzjb: "lzjb"
        case .empty: "empty"
        case .zle: "zle"
        case .lz4: "lz4"
        case .zstd: "zstd"
        default:
            if let gzipLevel { "gzip-\(gzipLevel)" } else { "compression \(rawValue)" }
        }
    }
}
