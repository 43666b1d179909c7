/// Which function computed a block's checksum. Values this version does not know are kept.
///
/// Mirrors `enum zio_checksum` (`include/sys/zio.h`).
@usableFromInline
@frozen package struct ChecksumAlgorithm: RawRepresentable, Hashable, Sendable {
    @usableFromInline package let rawValue: UInt8
    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let inherit = Self(rawValue: 0)
    package static let on = Self(rawValue: 1)
    @usableFromInline package static let off = Self(rawValue: 2)
    /// SHA-256 at the end of a label's part; the verifier is the byte offset on the device.
    package static let label = Self(rawValue: 3)
    /// SHA-256 at the end of a gang header.
    package static let gangHeader = Self(rawValue: 4)
    /// Fletcher-2 at the end of an intent log block of the first format.
    package static let zilog = Self(rawValue: 5)
    package static let fletcher2 = Self(rawValue: 6)
    package static let fletcher4 = Self(rawValue: 7)
    package static let sha256 = Self(rawValue: 8)
    /// Fletcher-4 at the start of an intent log block of the second format.
    package static let zilog2 = Self(rawValue: 9)
    package static let noparity = Self(rawValue: 10)
    package static let sha512 = Self(rawValue: 11)
    package static let skein = Self(rawValue: 12)
    package static let edonr = Self(rawValue: 13)
    package static let blake3 = Self(rawValue: 14)
}

extension ChecksumAlgorithm: CustomStringConvertible {
    /// The name that zfs(8) and zdb(8) use.
    @usableFromInline package var description: String {
        switch self {
        case .inherit: "inherit"
        case .on: "on"
        case .off: "off"
        case .label: "label"
        case .gangHeader: "gang_header"
        case .zilog: "zilog"
        case .fletcher2: "fletcher2"
        case .fletcher4: "fletcher4"
        case .sha256: "sha256"
        case .zilog2: "zilog2"
        case .noparity: "noparity"
        case .sha512: "sha512"
        case .skein: "skein"
        case .edonr: "edonr"
        case .blake3: "blake3"
        default: "checksum \(rawValue)"
        }
    }
}
