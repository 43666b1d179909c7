/// A set of kinds of dataset (`zfs_type_t`, `include/sys/fs/zfs.h`).
package struct DatasetKinds: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let filesystem = DatasetKinds(rawValue: 1)
    /// A snapshot of a file system or of a volume.
    package static let snapshot = DatasetKinds(rawValue: 2)
    package static let volume = DatasetKinds(rawValue: 4)
    package static let all: DatasetKinds = [.filesystem, .snapshot, .volume]
}
