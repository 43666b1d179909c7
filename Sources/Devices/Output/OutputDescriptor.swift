import CXattr
import Glibc

/// An open descriptor that is closed once, and the path that messages show for it.
final class OutputDescriptor: Sendable {
    let number: Int32
    let path: String

    init(_ number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Throws what `errno` says where a system call gave -1.
    func check(_ result: Int32, _ action: String) throws(DeviceError) {
        guard result < 0 else { return }
        throw DeviceError(device: path, .refused(action: action, errno))
    }

    /// Owner, permissions, attributes and times, in the order in which none undoes another.
    ///
    /// What the target or the user's rights do not allow is returned; the rest is set. A file whose owner can't
    /// be set must not run with the rights of another one, so it loses its set-user-ID and set-group-ID bits.
    func apply(_ metadata: OutputMetadata) -> [OutputRefusal] {
        var refused: [OutputRefusal] = []
        var permissions = metadata.permissions
        if fchown(number, metadata.user, metadata.group) < 0 {
            // The group alone may be one of the user's own.
            _ = fchown(number, .max, metadata.group)
            refused.append(.owner)
            if permissions & Self.setIDBits != 0 {
                permissions &= ~Self.setIDBits
                refused.append(.permissions)
            }
        }
        for attribute in metadata.extendedAttributes where !set(attribute) {
            refused.append(.attribute(attribute))
        }
        // An ACL that was just set counts as the group's bits; the mode says the same.
        if fchmod(number, permissions) < 0 { refused.append(.permissions) }
        let times = [metadata.accessTime.system, metadata.modificationTime.system]
        if unsafe futimens(number, times) < 0 { refused.append(.times) }
        return refused
    }

    /// `S_ISUID` and `S_ISGID`.
    static let setIDBits: UInt32 = 0o6000

    private func set(_ attribute: OutputMetadata.Attribute) -> Bool {
        guard !attribute.name.contains(0) else { return false }
        let name = attribute.name.map { CChar(bitPattern: $0) } + [0]
        return unsafe attribute.value.withUnsafeBytes { value in
            // Sound: the name ends with a NUL, and the value goes with its length.
            unsafe fsetxattr(number, name, value.baseAddress, value.count, 0)
        } == 0
    }
}
