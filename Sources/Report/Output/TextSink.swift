import Bytes
import SystemPackage

/// Lines of text on their way to a file descriptor, collected so that a line costs no system call.
package final class TextSink {
    private let descriptor: FileDescriptor
    private var pending: [UInt8] = []
    /// Output goes out in pieces of about this many bytes.
    private static let pieceSize = 1 << 18

    private init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

    package static func standardOutput() -> TextSink { TextSink(.standardOutput) }
    package static func standardError() -> TextSink { TextSink(.standardError) }

    package func line(_ text: String) {
        pending.append(contentsOf: text.utf8)
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= Self.pieceSize { flush() }
    }

    /// The record as a line of JSON.
    func line(_ record: Record) {
        JSONRenderer.append(record, to: &pending)
        pending.append(UInt8(ascii: "\n"))
        if pending.count >= Self.pieceSize { flush() }
    }

    /// Writes raw bytes, such as a file's contents.
    package func bytes(_ bytes: [UInt8]) {
        // Big pieces are not worth a copy.
        if bytes.count >= Self.pieceSize {
            flush()
            write(bytes)
            return
        }
        pending.append(contentsOf: bytes)
        if pending.count >= Self.pieceSize { flush() }
    }

    /// Writes what has been collected.
    ///
    /// A reader that went away ends the process through SIGPIPE, as is usual for a filter; any other
    /// failure to write is remembered for `failure`.
    package func flush() {
        guard !pending.isEmpty else { return }
        write(pending)
        pending.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: [UInt8]) {
        do {
            try descriptor.writeAll(bytes)
        } catch {
            failure = failure ?? "\(error)"
        }
    }

    /// Why output was lost, if it was.
    package private(set) var failure: String?
}
