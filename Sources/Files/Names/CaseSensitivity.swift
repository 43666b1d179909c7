/// Whether names that differ only in case are the same. Mirrors `zfs_case_t` (`include/sys/zfs_ioctl.h`).
package enum CaseSensitivity: UInt64, Sendable {
    case sensitive = 0
    case insensitive = 1
    /// Each request says whether case counts; without a word it does.
    case mixed = 2
}

extension CaseSensitivity: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sensitive: "sensitive"
        case .insensitive: "insensitive"
        case .mixed: "mixed"
        }
    }
}
