import Bytes
import Glibc

/// A regular file or a block device, opened read-only.
package final class FileDevice: BlockDevice {
    package let name: String
    package let byteCount: UInt64
    private let descriptor: Int32

    /// Opens `path`; throws where it is no file or block device, or can't be opened.
    package init(path: String) throws(DeviceError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DeviceError(device: path, .system(errno)) }
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else {
            let cause = errno
            close(descriptor)
            throw DeviceError(device: path, .system(cause))
        }
        name = path
        byteCount = UInt64(end)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        let (done, cause) = unsafe buffer.withUnsafeMutableBytes { memory -> (Int, Int32) in
            var done = 0
            while done < count {
                // Sound: done < count, so the rest of the buffer is inside it.
                let got = unsafe pread(
                    descriptor, memory.baseAddress! + done, count - done,
                    off_t(offset) + off_t(done))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { return (done, errno) }
                if got == 0 { break }
                done += got
            }
            return (done, 0)
        }
        if cause != 0 {
            throw DeviceError(device: name, offset: offset, count: count, .system(cause))
        }
        guard done == count else {
            throw DeviceError(device: name, offset: offset, count: count, .shortRead(done))
        }
    }
}
