/// What an object set is for. Values this version does not know are kept.
///
/// Mirrors `dmu_objset_type_t` (`include/sys/fs/zfs.h`).
package struct ObjectSetType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package static let none = Self(rawValue: 0)
    /// The pool's own object set, the MOS.
    package static let meta = Self(rawValue: 1)
    /// A file system or a snapshot of one.
    package static let filesystem = Self(rawValue: 2)
    package static let volume = Self(rawValue: 3)
    package static let other = Self(rawValue: 4)
}

extension ObjectSetType: CustomStringConvertible {
    /// The name that zdb prints.
    package var description: String {
        switch self {
        case .none: "NONE"
        case .meta: "META"
        case .filesystem: "ZPL"
        case .volume: "ZVOL"
        case .other: "OTHER"
        default: "object set type \(rawValue)"
        }
    }
}
