import Glibc

/// What stands under a name in a folder that is written to.
package struct OutputStatus: Sendable, Hashable {
    package let kind: Kind
    package let byteCount: UInt64
    /// Seconds and nanoseconds since 1970.
    package let modificationTime: OutputTime

    /// Which file it is, whatever name led to it.
    package let identity: Identity

    package struct Identity: Sendable, Hashable {
        let device: UInt64
        let number: UInt64
    }

    package enum Kind: Sendable, Hashable {
        case file
        case folder
        case symlink
        case other
    }

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .symlink
        default: kind = .other
        }
        identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        byteCount = UInt64(max(0, status.st_size))
        modificationTime = OutputTime(
            seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int64(status.st_mtim.tv_nsec))
    }
}
