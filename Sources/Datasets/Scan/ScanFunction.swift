/// What a scan is for. Values this version does not know are kept.
///
/// Mirrors `pool_scan_func_t` (`include/sys/fs/zfs.h`).
package struct ScanFunction: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let none = Self(rawValue: 0)
    package static let scrub = Self(rawValue: 1)
    package static let resilver = Self(rawValue: 2)
    package static let errorScrub = Self(rawValue: 3)

    package var description: String {
        switch self {
        case .none: "none"
        case .scrub: "scrub"
        case .resilver: "resilver"
        case .errorScrub: "error scrub"
        default: "function \(rawValue)"
        }
    }
}
