/// What a node of the vdev tree is, by the name that stands in its configuration. Unknown names are kept.
///
/// Mirrors the `VDEV_TYPE_*` strings (`include/sys/fs/zfs.h`).
package struct VdevKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let root = Self(rawValue: "root")
    package static let disk = Self(rawValue: "disk")
    package static let file = Self(rawValue: "file")
    package static let mirror = Self(rawValue: "mirror")
    /// A device and the one that is taking its place, until the resilver is done.
    package static let replacing = Self(rawValue: "replacing")
    /// A device and the hot spare that stands in for it.
    package static let spare = Self(rawValue: "spare")
    package static let raidz = Self(rawValue: "raidz")
    package static let draid = Self(rawValue: "draid")
    /// A distributed spare: the spare columns of a dRAID under one name.
    package static let distributedSpare = Self(rawValue: "dspare")
    /// A removed top-level vdev whose blocks were copied elsewhere.
    package static let indirect = Self(rawValue: "indirect")
    /// A removed log vdev, which left nothing but its number.
    package static let hole = Self(rawValue: "hole")
    /// A top-level vdev that the labels at hand do not describe.
    package static let missing = Self(rawValue: "missing")
    package static let log = Self(rawValue: "log")
    package static let cache = Self(rawValue: "l2cache")

    /// Holds bytes itself.
    package var isLeaf: Bool { self == .disk || self == .file }
    /// Each child holds the same bytes at the same place.
    package var isMirrorLike: Bool { self == .mirror || self == .replacing || self == .spare }

    package var description: String { rawValue }
}
