import Glibc
import Synchronization

/// A temporary file without a name, for lists of words that the memory budget has no room for.
///
/// It is no device and never stands on one that is inspected unless the caller chose such a folder.
/// Having no name (`O_TMPFILE`), it leaves nothing behind however the process ends.
package final class ScratchFile: Sendable {
    /// A list in the file.
    package struct Piece: Sendable {
        /// Where it begins, in bytes.
        let offset: Int
        /// How many words of eight bytes it has.
        package let count: Int
    }

    private let directory: String
    private let descriptor: Int32
    /// Where the next list goes, in bytes.
    private let end = Atomic<Int>(0)

    /// Creates the file in `directory`; throws what the operating system answers.
    package init(directory: String) throws(DeviceError) {
        let descriptor = unsafe open(
            directory, O_RDWR | O_CLOEXEC | __O_TMPFILE | O_DIRECTORY, 0o600)
        guard descriptor >= 0 else { throw DeviceError(device: directory, .system(errno)) }
        self.directory = directory
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// How many bytes have been written.
    package var byteCount: Int { end.load(ordering: .relaxed) }

    /// Appends a list; throws where the file system is full.
    package func append(_ words: [UInt64]) throws(DeviceError) -> Piece {
        let size = words.count * MemoryLayout<UInt64>.stride
        let offset = end.wrappingAdd(size, ordering: .relaxed).oldValue
        var done = 0
        var cause: Int32 = 0
        unsafe words.withUnsafeBytes { memory in
            while done < size {
                // Sound: done < size, so the rest of the list is inside its memory.
                let got = unsafe pwrite(
                    descriptor, memory.baseAddress! + done, size - done, off_t(offset + done))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else {
                    cause = got < 0 ? errno : ENOSPC
                    break
                }
                done += got
            }
        }
        guard done == size else {
            throw DeviceError(
                device: directory, offset: UInt64(offset), count: size, .system(cause))
        }
        return Piece(offset: offset, count: words.count)
    }

    /// Appends a list's words to `words`; throws where they can't be read back.
    package func read(_ piece: Piece, appendingTo words: inout [UInt64]) throws(DeviceError) {
        let size = piece.count * MemoryLayout<UInt64>.stride
        let base = words.count
        words.append(contentsOf: repeatElement(0, count: piece.count))
        var done = 0
        var cause: Int32 = 0
        unsafe words.withUnsafeMutableBytes { memory in
            let start = base * MemoryLayout<UInt64>.stride
            while done < size {
                // Sound: start + size is the end of the memory.
                let got = unsafe pread(
                    descriptor, memory.baseAddress! + start + done, size - done,
                    off_t(piece.offset + done))
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else {
                    cause = got < 0 ? errno : EIO
                    break
                }
                done += got
            }
        }
        guard done == size else {
            throw DeviceError(
                device: directory, offset: UInt64(piece.offset), count: size, .system(cause))
        }
    }
}
