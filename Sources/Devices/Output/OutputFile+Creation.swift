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

    /// Throws where no new file could be made at `path`: there is one, or nothing can be made in its folder.
    package static func check(_ path: String) throws(DeviceError) {
        _ = try create(path)
        discard(path)
    }

    /// Puts the file at `new`, which is complete, in the place of the one at `path`, in one step.
    package static func replace(_ path: String, by new: String) throws(DeviceError) {
        guard unsafe rename(new, path) == 0 else {
            throw DeviceError(device: path, .refused(action: "replaced", errno))
        }
    }

    /// Takes a file away that was just created and could not be completed.
    package static func discard(_ path: String) { _ = unsafe unlink(path) }
}
