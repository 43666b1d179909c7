import Bytes
import Glibc

extension SecretBytes {
    /// All bytes of a file or pipe; throws where it can't be read or holds more than `limit`.
    package static func contents(of path: String, limit: Int) throws(CodecError) -> SecretBytes {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .input("\(path) can't be opened: \(cause())") }
        defer { close(descriptor) }
        // One byte more than may be there tells a file that is too long.
        var buffer = [UInt8](repeating: 0, count: limit + 1)
        defer { wipe(&buffer) }
        var count = 0
        while count <= limit {
            let got = unsafe buffer.withUnsafeMutableBytes { memory in
                unsafe Glibc.read(
                    descriptor, memory.baseAddress?.advanced(by: count), memory.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw .input("\(path) can't be read: \(cause())") }
            if got == 0 { break }
            count += got
        }
        guard count <= limit else {
            throw .input("\(path) holds more than \(limit) bytes, so it is no key")
        }
        return SecretBytes(copying: buffer.rawBytes.extracting(0..<count))
    }

    /// Whether somebody can be asked: standard input is a terminal.
    package static var canPrompt: Bool { isatty(STDIN_FILENO) == 1 }

    /// A line typed on the terminal, which does not show it; nil where the user gave up with Ctrl-C.
    ///
    /// The terminal's own handling of lines and signals is off meanwhile, so that no way out leaves it
    /// without echo.
    package static func prompt(_ question: String, limit: Int) throws(CodecError) -> SecretBytes? {
        var saved = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &saved) == 0 else {
            throw .input("the terminal can't be asked for a key: \(cause())")
        }
        var silent = saved
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else {
            throw .input("the terminal's echo can't be turned off: \(cause())")
        }
        defer { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved) }
        show(question)
        defer { show("\n") }
        var line: [UInt8] = []
        line.reserveCapacity(limit)
        defer { wipe(&line) }
        while true {
            var byte: UInt8 = 0
            let got = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
            if got < 0 && errno == EINTR { continue }
            switch (got, byte) {
            case (1, 0x03): return nil
            case (1, 0x08), (1, 0x7f): if !line.isEmpty { line.removeLast() }
            case (1, 0x15): line.removeAll(keepingCapacity: true)
            case (1, 0x04), (1, 0x0a), (1, 0x0d): return SecretBytes(copying: line.rawBytes)
            case (1, _): if line.count < limit { line.append(byte) }
            default: return SecretBytes(copying: line.rawBytes)
            }
        }
    }

    private static func show(_ text: String) {
        let bytes = Array(text.utf8)
        unsafe bytes.withUnsafeBytes { _ = unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func cause() -> String { unsafe String(cString: strerror(errno)) }
}
