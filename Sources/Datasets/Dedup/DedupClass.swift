/// Which of a dedup table's stores an entry stands in. Mirrors `ddt_class_t` (`include/sys/ddt.h`).
package enum DedupClass: UInt8, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// With more copies for being referenced often; no longer made.
    case ditto
    /// Referenced more than once.
    case duplicate
    case unique

    /// The name in the store's name.
    package var description: String {
        switch self {
        case .ditto: "ditto"
        case .duplicate: "duplicate"
        case .unique: "unique"
        }
    }
}
