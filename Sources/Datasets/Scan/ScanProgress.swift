/// How far a scan, a removal or an expansion is. Values this version does not know are kept.
///
/// Mirrors `dsl_scan_state_t` (`include/sys/fs/zfs.h`).
package struct ScanProgress: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let none = Self(rawValue: 0)
    package static let running = Self(rawValue: 1)
    package static let finished = Self(rawValue: 2)
    package static let canceled = Self(rawValue: 3)
    package static let scrubbingErrors = Self(rawValue: 4)

    package var description: String {
        switch self {
        case .none: "none"
        case .running: "running"
        case .finished: "finished"
        case .canceled: "canceled"
        case .scrubbingErrors: "scrubbing errors"
        default: "state \(rawValue)"
        }
    }
}
