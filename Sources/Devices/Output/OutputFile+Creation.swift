import Glibc

extension OutputFile {
    /// A new file at `path`; throws where there is one, since nothing is ever overwritten.
    package static func create(
        _ path: String, permissions: UInt32 = 0o600
    ) throws(DeviceError) -> OutputFile {
        let descriptor = unsafe open(
            path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
        guard descriptor >= 0 else {
            throw DeviceError(device: path, .refused(action: "created", errno))
        }
        return OutputFile(OutputDescriptor(descriptor, path: path))
    }

    /// A new file beside the one at `path`, which takes its place once it is complete (``replace(_:by:)``), and its name.
    ///
    /// It is locked (`flock(2)`) for as long as it is open. A file of that name which nobody has locked was left by a run that
    /// was stopped: it is taken away where it begins with `mark`, as such files do, or is empty. Anything else is left alone,
    /// and throws.
    package static func draft(
        of path: String, mark: [UInt8], permissions: UInt32 = 0o600
    ) throws(DeviceError) -> (file: OutputFile, path: String) {
        let new = "\(path).new"
        let descriptor = unsafe open(new, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if descriptor >= 0 {
            let left = OutputFile(OutputDescriptor(descriptor, path: new))
            let start = try left.read(at: 0, count: mark.count)
            if start.isEmpty || start == mark, left.lock() { discard(new) }
        }
        let file = try create(new, permissions: permissions)
        _ = file.lock()
        return (file, new)
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
