import Bytes
import Glibc

/// A report that a command writes for a person: a new file, or in place of an earlier report.
///
/// Whatever else stands at the path is left alone, so that a mistyped name costs nobody a disk image.
package struct ReportFile: Sendable {
    private let path: String
    private let mark: [UInt8]

    /// `mark` is how every such report begins.
    package init(path: String, mark: String) { self.init(path: path, mark: Array(mark.utf8)) }

    private init(path: String, mark: [UInt8]) {
        self.path = path
        self.mark = mark
    }

    /// Throws where the path holds something else.
    package func check() throws(DeviceError) {
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw DeviceError(device: path, .refused(action: "written", errno))
        }
        let file = OutputFile(OutputDescriptor(descriptor, path: path))
        let start = try file.read(at: 0, count: mark.count)
        guard start.isEmpty || start == mark else {
            throw DeviceError(
                device: path,
                .unsuitable("exists and is no report of zinspect; give the report another name"))
        }
    }

    /// Writes it beside the path and then gives it the name, so that there is never half a report.
    package func write(_ text: String) throws(DeviceError) {
        try check()
        let (file, new) = try OutputFile.draft(of: path, mark: mark, permissions: 0o644)
        let bytes = Array(text.utf8)
        do {
            try file.write(bytes.rawBytes, at: 0)
            try OutputFile.replace(path, by: new)
        } catch {
            OutputFile.discard(new)
            throw error
        }
    }
}
