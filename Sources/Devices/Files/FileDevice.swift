import Bytes
import Glibc
import SystemPackage

/// A regular file or a block device, opened read-only.
///
/// Reads are plain `pread` calls: any offset and any length, from any thread at once. The size is taken
/// once, when it is opened, so that a file that shrinks later gives `DeviceError.Reason.shortRead`.
package final class FileDevice: BlockDevice {
    package let name: String
    package let byteCount: UInt64
    /// Which file it is, whatever path led to it.
    package let identity: FileIdentity
    private let descriptor: FileDescriptor

    /// Opens `path`, which may be a symbolic link.
    ///
    /// Throws where it cannot be opened, is empty, or is neither a regular file nor a block device. The
    /// type is looked up before the file is opened, because opening a tape or a watchdog has effects;
    /// and again after, because the path may meanwhile lead elsewhere. `nonBlocking` keeps the open of
    /// a pipe that took the file's place from waiting for a writer.
    package init(path: String) throws(DeviceError) {
        let descriptor: FileDescriptor
        let kind: FileIdentity
        let size: UInt64
        do {
            _ = try FileIdentity(path: path)
            descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
        } catch {
            throw DeviceError(opening: path, error)
        }
        do {
            let stat = try descriptor.stat()
            kind = try FileIdentity(stat, path: path)
            size = try kind.byteCount(of: descriptor, stat, path: path)
        } catch {
            try? descriptor.close()
            throw DeviceError(opening: path, error)
        }
        name = path
        byteCount = size
        identity = kind
        self.descriptor = descriptor
    }

    /// The same as a value, for a thread that cannot throw.
    static func opening(_ path: String) -> Result<FileDevice, DeviceError> {
        Result { () throws(DeviceError) in try FileDevice(path: path) }
    }

    // A failure to close a descriptor that was only read from loses nothing.
    deinit { try? descriptor.close() }

    /// Has the kernel fetch the bytes into its cache (`POSIX_FADV_WILLNEED`).
    package func willRead(_ range: Range<UInt64>) {
        let inside = range.clamped(to: 0..<byteCount)
        guard !inside.isEmpty, let start = off_t(exactly: inside.lowerBound) else { return }
        posix_fadvise(
            descriptor.rawValue, start, off_t(clamping: inside.upperBound - inside.lowerBound),
            POSIX_FADV_WILLNEED)
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset,
            let start = Int64(exactly: offset)
        else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        var done = 0
        do {
            try unsafe buffer.withUnsafeMutableBytes { memory in
                while done < count {
                    let got = try unsafe descriptor.read(
                        fromAbsoluteOffset: start + Int64(done),
                        into: UnsafeMutableRawBufferPointer(rebasing: memory[done...]))
                    if got == 0 { break }
                    done += got
                }
            }
        } catch {
            let code = (error as? Errno)?.rawValue ?? Errno.ioError.rawValue
            throw DeviceError(device: name, offset: offset, count: count, .system(code))
        }
        guard done == count else {
            throw DeviceError(device: name, offset: offset, count: count, .shortRead(done))
        }
    }
}

extension DeviceError {
    /// What a failed step of opening `path` means; an error of this type passes through.
    fileprivate init(opening path: String, _ error: any Error) {
        if let error = error as? DeviceError {
            self = error
        } else {
            let code = (error as? Errno)?.rawValue ?? Errno.ioError.rawValue
            self.init(device: path, .system(code))
        }
    }
}
