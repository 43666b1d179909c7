import Bytes
import Glibc

/// A new file that is written at any places; what is left out stays a hole.
package final class OutputFile: Sendable {
    private let descriptor: OutputDescriptor

    init(_ descriptor: OutputDescriptor) { self.descriptor = descriptor }

    /// Writes all of `bytes` at `offset`.
    package func write(_ bytes: RawSpan, at offset: UInt64) throws(DeviceError) {
        guard let start = off_t(exactly: offset) else {
            throw DeviceError(device: descriptor.path, .refused(action: "written", EFBIG))
        }
        var done = 0
        while done < bytes.byteCount {
            let rest = bytes.extracting(done..<bytes.byteCount)
            let got = unsafe rest.withUnsafeBytes { buffer in
                // Sound: the buffer goes with its own length.
                unsafe pwrite(
                    descriptor.number, buffer.baseAddress, buffer.count, start + off_t(done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                throw DeviceError(
                    device: descriptor.path,
                    .refused(action: "written", got < 0 ? errno : ENOSPC))
            }
            done += got
        }
    }

    /// At most `count` bytes from `offset` on; fewer where the file ends before.
    package func read(at offset: UInt64, count: Int) throws(DeviceError) -> [UInt8] {
        guard let start = off_t(exactly: offset) else { return [] }
        var buffer = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = unsafe buffer.withUnsafeMutableBytes { memory in
                // Sound: what is left of the buffer begins at `done`.
                unsafe pread(
                    descriptor.number, memory.baseAddress?.advanced(by: done), count - done,
                    start + off_t(done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                throw DeviceError(
                    device: descriptor.path, .refused(action: "read", errno))
            }
            if got == 0 { break }
            done += got
        }
        buffer.removeLast(count - done)
        return buffer
    }

    /// Locks it against others that do so, until it is closed (`flock(2)`); false where one of them has.
    func lock() -> Bool { flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 }

    /// Returns once everything written so far is on stable storage, the length of the file too.
    package func flush() throws(DeviceError) {
        try descriptor.check(fsync(descriptor.number), "flushed")
    }

    /// How long the file is.
    package func byteCount() throws(DeviceError) -> UInt64 {
        let end = lseek(descriptor.number, 0, SEEK_END)
        guard end >= 0 else {
            throw DeviceError(device: descriptor.path, .refused(action: "measured", errno))
        }
        return UInt64(end)
    }

    /// Makes the file that long; what was never written reads as zeros.
    package func setByteCount(_ count: UInt64) throws(DeviceError) {
        guard let size = off_t(exactly: count) else {
            throw DeviceError(device: descriptor.path, .refused(action: "made so long", EFBIG))
        }
        try descriptor.check(ftruncate(descriptor.number, size), "made \(count) bytes long")
    }

    /// Sets what the copy bears; returns what was refused.
    package func apply(_ metadata: OutputMetadata) -> [OutputRefusal] { descriptor.apply(metadata) }
}
