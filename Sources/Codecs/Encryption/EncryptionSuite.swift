/// How a dataset's blocks are encrypted. Values this version does not know are kept.
///
/// Mirrors `enum zio_encrypt` (`include/sys/zio.h`) and `zio_crypt_table`
/// (`module/os/linux/zfs/zio_crypt.c`).
package struct EncryptionSuite: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let off = Self(rawValue: 2)
    package static let aes128CCM = Self(rawValue: 3)
    package static let aes192CCM = Self(rawValue: 4)
    package static let aes256CCM = Self(rawValue: 5)
    package static let aes128GCM = Self(rawValue: 6)
    package static let aes192GCM = Self(rawValue: 7)
    package static let aes256GCM = Self(rawValue: 8)

    /// Bytes of the master key and of the keys derived from it; nil for what is no cipher.
    package var keyByteCount: Int? {
        switch self {
        case .aes128CCM, .aes128GCM: 16
        case .aes192CCM, .aes192GCM: 24
        case .aes256CCM, .aes256GCM: 32
        default: nil
        }
    }
    /// Counter mode with CBC-MAC instead of Galois counter mode.
    package var isCCM: Bool { (3...5).contains(rawValue) }
}

extension EncryptionSuite: CustomStringConvertible {
    /// The value of the property `encryption`.
    package var description: String {
        switch self {
        case .off: "off"
        case .aes128CCM: "aes-128-ccm"
        case .aes192CCM: "aes-192-ccm"
        case .aes256CCM: "aes-256-ccm"
        case .aes128GCM: "aes-128-gcm"
        case .aes192GCM: "aes-192-gcm"
        case .aes256GCM: "aes-256-gcm"
        default: "encryption suite \(rawValue)"
        }
    }
}
