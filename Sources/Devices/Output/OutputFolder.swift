import Bytes
import Glibc

/// A folder that is written to, held open, so that nothing that happens to paths leads elsewhere.
///
/// Every operation takes one name, not a path, and none follows a symbolic link: whatever a pool's names and
/// links say, nothing outside is reached. Names are bytes without NUL and slash.
package final class OutputFolder: Sendable {
    let descriptor: OutputDescriptor

    /// The path for messages.
    package var path: String { descriptor.path }

    private init(_ descriptor: OutputDescriptor) { self.descriptor = descriptor }

    /// Has a file that gets longer than the process may make it fail with an error, not end the process.
    package static func takeSizeLimitsAsErrors() { _ = signal(SIGXFSZ, SIG_IGN) }

    /// Opens the folder at a path that the user gave, and makes it and those above it where missing.
    package static func open(_ path: String) throws(DeviceError) -> OutputFolder {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        var number = unsafe Glibc.open(path, flags)
        if number < 0, errno == ENOENT {
            try make(path)
            number = unsafe Glibc.open(path, flags)
        }
        guard number >= 0 else {
            throw DeviceError(device: path, .refused(action: "opened as a folder", errno))
        }
        return OutputFolder(OutputDescriptor(number, path: path))
    }

    private static func make(_ path: String) throws(DeviceError) {
        if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        if errno == ENOENT, !parent.isEmpty {
            try make(path.hasPrefix("/") ? "/" + parent : parent)
            if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
        }
        throw DeviceError(device: path, .refused(action: "created", errno))
    }

    /// The folder of that name, made where missing; what else has the name is refused, or goes where
    /// `replacing` says so.
    ///
    /// A folder that was there is opened to its owner, since it is going to be written to.
    package func folder(
        _ name: [UInt8], replacing: Bool = false
    ) throws(DeviceError) -> OutputFolder {
        if try make(name) { return try existingFolder(name) }
        if let there = try status(name), there.kind != .folder, replacing {
            try remove(name)
            _ = try make(name)
            return try existingFolder(name)
        }
        try open(toOwner: name)
        return try existingFolder(name)
    }

    /// Whether the folder was made; false where something of that name is there.
    private func make(_ name: [UInt8]) throws(DeviceError) -> Bool {
        if unsafe mkdirat(descriptor.number, try text(name), 0o700) == 0 { return true }
        guard errno == EEXIST else { throw error(name, "created") }
        return false
    }

    /// `O_PATH` of Linux, which Swift's module of the C library leaves out.
    private static let pathOnly: Int32 = 0o10000000

    /// Gives the owner all rights to a folder that an earlier copy may have closed to ordinary users.
    private func open(toOwner name: [UInt8]) throws(DeviceError) {
        guard getuid() != 0 else { return }
        let number = unsafe openat(
            descriptor.number, try text(name), Self.pathOnly | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return }
        defer { close(number) }
        var status = stat()
        guard unsafe fstat(number, &status) == 0, status.st_mode & 0o700 != 0o700 else { return }
        // A descriptor of this kind has no mode of its own to change, but its name below /proc has.
        _ = unsafe chmod("/proc/self/fd/\(number)", status.st_mode & 0o7777 | 0o700)
    }

    /// The folder of that name, which must be there.
    package func existingFolder(_ name: [UInt8]) throws(DeviceError) -> OutputFolder {
        let number = unsafe openat(
            descriptor.number, try text(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw error(name, "opened as a folder") }
        return OutputFolder(OutputDescriptor(number, path: shown(name)))
    }

    /// A new file of that name, readable by the owner alone until its metadata are set.
    package func createFile(_ name: [UInt8]) throws(DeviceError) -> OutputFile {
        let number = unsafe openat(
            descriptor.number, try text(name),
            O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw error(name, "created") }
        return OutputFile(OutputDescriptor(number, path: shown(name)))
    }

    /// The file of that name as an earlier run left it; nil where there is none.
    package func existingFile(_ name: [UInt8]) throws(DeviceError) -> OutputFile? {
        let number = unsafe openat(
            descriptor.number, try text(name), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if number < 0, errno == ENOENT { return nil }
        guard number >= 0 else { throw error(name, "opened") }
        return OutputFile(OutputDescriptor(number, path: shown(name)))
    }

    /// Another name for the file `original` of `folder`.
    package func createLink(
        _ name: [UInt8], to original: [UInt8], in folder: OutputFolder
    ) throws(DeviceError) {
        let from = try folder.text(original)
        if unsafe linkat(folder.descriptor.number, from, descriptor.number, try text(name), 0) < 0 {
            throw error(name, "linked")
        }
    }

    package func remove(_ name: [UInt8]) throws(DeviceError) {
        if unsafe unlinkat(descriptor.number, try text(name), 0) < 0 {
            throw error(name, "removed")
        }
    }

    /// Gives a file the name of another, which is replaced in one step.
    package func rename(_ name: [UInt8], to new: [UInt8]) throws(DeviceError) {
        let from = try text(name)
        if unsafe renameat(descriptor.number, from, descriptor.number, try text(new)) < 0 {
            throw error(name, "renamed")
        }
    }

    /// What stands under that name; nil where there is nothing.
    package func status(_ name: [UInt8]) throws(DeviceError) -> OutputStatus? {
        var status = stat()
        if unsafe fstatat(descriptor.number, try text(name), &status, AT_SYMLINK_NOFOLLOW) == 0 {
            return OutputStatus(status)
        }
        guard errno == ENOENT else { throw error(name, "looked up") }
        return nil
    }

    /// Sets what the folder itself bears; returns what was refused.
    package func apply(_ metadata: OutputMetadata) -> [OutputRefusal] { descriptor.apply(metadata) }

    func text(_ name: [UInt8]) throws(DeviceError) -> [CChar] {
        guard !name.isEmpty, name != [0x2e], name != [0x2e, 0x2e], !name.contains(0),
            !name.contains(0x2f)
        else {
            throw DeviceError(
                device: descriptor.path, .unsuitable("can't hold a file of such a name"))
        }
        return name.map { CChar(bitPattern: $0) } + [0]
    }

    private func shown(_ name: [UInt8]) -> String {
        descriptor.path + "/" + String(decoding: name, as: UTF8.self)
    }

    func error(
        _ name: [UInt8], _ action: String, _ code: Int32 = errno
    ) -> DeviceError {
        DeviceError(device: shown(name), .refused(action: action, code))
    }
}
