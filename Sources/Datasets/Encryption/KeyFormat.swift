/// The form in which a person keeps a dataset's key. Mirrors `zfs_keyformat_t` (`include/sys/fs/zfs.h`).
package enum KeyFormat: UInt64, Sendable {
    /// 32 bytes.
    case raw = 1
    /// 64 hexadecimal digits.
    case hex = 2
    case passphrase = 3
}

extension KeyFormat: CustomStringConvertible {
    /// The value of the property `keyformat`.
    package var description: String {
        switch self {
        case .raw: "raw"
        case .hex: "hex"
        case .passphrase: "passphrase"
        }
    }
}
