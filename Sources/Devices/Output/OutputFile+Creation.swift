import Glibc

extension OutputFile {
    /// A new file at `path`; throws where there is one, since nothing is ever overwritten.
    package static func create(_ path: String) throws(DeviceError) -> OutputFile {
        let descriptor = unsafe open(
            path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DeviceError(device: path, .refused(action: "created", errno))
        }
        return OutputFile(OutputDescriptor(descriptor, path: path))
    }
}
