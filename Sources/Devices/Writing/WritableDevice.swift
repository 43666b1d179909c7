import Bytes
import Glibc
import SystemPackage

/// A file or block device of a pool, opened to be written: the only way to one.
///
/// A block device is opened exclusively (`O_EXCL`), which Linux refuses while it is mounted, part of an array, or of an
/// imported pool. A file is locked against others that do so, too (`flock(2)`). Its size never changes. Only Repair makes one.
package final class WritableDevice: WritableTarget {
    package let name: String
    package let byteCount: UInt64
    /// Which file it is, whatever path led to it.
    package let identity: FileIdentity
    private let descriptor: FileDescriptor

    /// Opens `path` for reading and writing; throws as `FileDevice` does, and where somebody else has the device.
    package init(path: String) throws(DeviceError) {
        let isBlockDevice = try FileIdentity(path: path).isBlockDevice
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path), .readWrite,
                options: isBlockDevice
                    ? [.closeOnExec, .nonBlocking, .exclusiveCreate]
                    : [.closeOnExec, .nonBlocking])
        } catch {
            let code = Self.code(error)
            throw DeviceError(
                device: path,
                code == EBUSY
                    ? .unsuitable("is in use: mounted, part of an array, or of an imported pool")
                    : .refused(action: "opened for writing", code))
        }
        do {
            // The kernel refuses nobody a file; of two repairs at once one must wait for the other to end.
            guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                throw DeviceError(
                    device: path, .unsuitable("is being written to by another program"))
            }
            let stat = try descriptor.stat()
            identity = try FileIdentity(stat, path: path)
            byteCount = try identity.byteCount(of: descriptor, stat, path: path)
        } catch {
            try? descriptor.close()
            if let error = error as? DeviceError { throw error }
            throw DeviceError(device: path, .system(Self.code(error)))
        }
        name = path
        self.descriptor = descriptor
    }

    // What was written and not flushed is not promised to anybody.
    deinit { try? descriptor.close() }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        let start = try place(offset, count: count)
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
            throw DeviceError(
                device: name, offset: offset, count: count, .system(Self.code(error)))
        }
        guard done == count else {
            throw DeviceError(device: name, offset: offset, count: count, .shortRead(done))
        }
    }

    package func write(_ bytes: RawSpan, at offset: UInt64) throws(DeviceError) {
        let start = try place(offset, count: bytes.byteCount)
        var done = 0
        do {
            try unsafe bytes.withUnsafeBytes { memory in
                while done < memory.count {
                    done += try unsafe descriptor.write(
                        toAbsoluteOffset: start + Int64(done),
                        UnsafeRawBufferPointer(rebasing: memory[done...]))
                }
            }
        } catch {
            throw DeviceError(device: name, .refused(action: "written", Self.code(error)))
        }
    }

    package func flush() throws(DeviceError) {
        while fdatasync(descriptor.rawValue) < 0 {
            guard errno == EINTR else {
                throw DeviceError(device: name, .refused(action: "flushed", errno))
            }
        }
    }

    /// Checks that the bytes lie inside the device.
    private func place(_ offset: UInt64, count: Int) throws(DeviceError) -> Int64 {
        guard offset <= byteCount, UInt64(count) <= byteCount - offset,
            let start = Int64(exactly: offset)
        else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        return start
    }

    private static func code(_ error: any Error) -> Int32 {
        (error as? Errno)?.rawValue ?? Errno.ioError.rawValue
    }
}
