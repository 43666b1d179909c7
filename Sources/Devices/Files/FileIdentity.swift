import Glibc
import SystemPackage

/// What a path leads to, if it can hold a pool: a regular file or a block device, and which one.
///
/// Two paths with equal identities are the same device, however many links and node names lie
/// between: a file is known by its file system and inode, a block device by its device number.
package enum FileIdentity: Hashable, Sendable {
    case regular(fileSystem: UInt64, inode: UInt64)
    /// `number` is `st_rdev`.
    case blockDevice(number: UInt64)

    /// Throws `DeviceError.Reason.unsuitable` for whatever else `stat` tells of.
    init(_ stat: Stat, path: String) throws(DeviceError) {
        switch stat.type {
        case .regular:
            self = .regular(
                fileSystem: UInt64(truncatingIfNeeded: stat.deviceID.rawValue),
                inode: UInt64(truncatingIfNeeded: stat.inode.rawValue))
        case .blockSpecial:
            self = .blockDevice(number: UInt64(truncatingIfNeeded: stat.specialDeviceID.rawValue))
        default:
            throw DeviceError(device: path, .unsuitable(Self.refusal(stat.type)))
        }
    }

    /// What `path` leads to, without opening it; symbolic links are followed.
    package init(path: String) throws(DeviceError) {
        let stat: Stat
        do {
            stat = try Stat(FilePath(path))
        } catch {
            throw DeviceError(device: path, .system(error.rawValue))
        }
        try self.init(stat, path: path)
    }

    package var isBlockDevice: Bool {
        if case .blockDevice = self { true } else { false }
    }

    /// The size in bytes of the file that is open as `descriptor`; throws where it is nothing.
    ///
    /// `stat` is that of the open file; it knows the size of a regular file only.
    func byteCount(
        of descriptor: FileDescriptor, _ stat: Stat, path: String
    ) throws(DeviceError) -> UInt64 {
        switch self {
        case .regular:
            guard stat.size > 0 else {
                throw DeviceError(device: path, .unsuitable("is an empty file (0 bytes)"))
            }
            return UInt64(stat.size)
        case .blockDevice:
            var size: UInt64 = 0
            // Sound: this request stores one UInt64, and `size` outlives the call.
            guard unsafe ioctl(descriptor.rawValue, Self.sizeRequest, &size) == 0 else {
                throw DeviceError(device: path, .system(errno))
            }
            guard size > 0 else {
                throw DeviceError(
                    device: path,
                    .unsuitable("is a block device of size 0: nothing is attached to it"))
            }
            return size
        }
    }

    /// `BLKGETSIZE64`, that is `_IOR(0x12, 114, size_t)` of `linux/fs.h`; Swift does not import macros
    /// that take a type. On PowerPC the direction bits of a request differ.
    private static var sizeRequest: UInt {
        #if arch(powerpc64) || arch(powerpc64le)
            0x4008_1272
        #else
            0x8008_1272
        #endif
    }

    private static func refusal(_ type: FileType) -> String {
        switch type {
        case .directory:
            "is a directory: name a device or an image file, or give the directory where a POOL is "
                + "asked for"
        case .fifo: "is a pipe, which has no fixed contents: name a device or an image file"
        case .socket: "is a socket: name a device or an image file"
        case .characterSpecial:
            "is a character device, which has no blocks to read: name a block device or an image file"
        default: "is neither a file nor a block device"
        }
    }
}
