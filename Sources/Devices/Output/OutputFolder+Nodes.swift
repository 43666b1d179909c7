import CXattr
import Glibc

extension OutputFolder {
    package func createSymlink(_ name: [UInt8], target: [UInt8]) throws(DeviceError) {
        let path = try text(name)
        guard !target.isEmpty, !target.contains(0) else {
            throw error(name, "created as a symlink", EINVAL)
        }
        let link = target.map { CChar(bitPattern: $0) } + [0]
        if unsafe symlinkat(link, descriptor.number, path) < 0 {
            throw error(name, "created as a symlink")
        }
    }

    /// A device, FIFO or socket; `mode` holds its kind.
    package func createNode(
        _ name: [UInt8], mode: UInt32, major: UInt32, minor: UInt32
    ) throws(DeviceError) {
        // The encoding of glibc's makedev(3), which is a macro.
        let low = UInt64(minor & 0xff) | UInt64(major & 0xfff) << 8
        let high = UInt64(minor & ~0xff) << 12 | UInt64(major & ~0xfff) << 32
        let closed = mode & ~0o7777 | 0o600
        if unsafe mknodat(descriptor.number, try text(name), closed, dev_t(low | high)) < 0 {
            throw error(name, "created")
        }
    }

    /// Sets what a symlink, device, FIFO or socket bears; returns what was refused.
    package func apply(
        _ metadata: OutputMetadata, toNode name: [UInt8], isSymlink: Bool
    ) throws(DeviceError) -> [OutputRefusal] {
        let path = try text(name)
        var refused: [OutputRefusal] = []
        let flags = AT_SYMLINK_NOFOLLOW
        if unsafe fchownat(descriptor.number, path, metadata.user, metadata.group, flags) < 0 {
            refused.append(.owner)
        }
        for attribute in metadata.extendedAttributes where !set(attribute, ofNode: name) {
            refused.append(.attribute(attribute))
        }
        // Nobody else writes to the folder, so the name still stands for what was just made there.
        if !isSymlink, unsafe fchmodat(descriptor.number, path, metadata.permissions, 0) < 0 {
            refused.append(.permissions)
        }
        let times = [metadata.accessTime.system, metadata.modificationTime.system]
        if unsafe utimensat(descriptor.number, path, times, flags) < 0 { refused.append(.times) }
        return refused
    }

    /// There is no call that takes a folder and a name, but the folder has a path below /proc.
    private func set(_ attribute: OutputMetadata.Attribute, ofNode node: [UInt8]) -> Bool {
        guard !attribute.name.contains(0) else { return false }
        let path = Array("/proc/self/fd/\(descriptor.number)/".utf8) + node
        let text = path.map { CChar(bitPattern: $0) } + [0]
        let name = attribute.name.map { CChar(bitPattern: $0) } + [0]
        return unsafe attribute.value.withUnsafeBytes { value in
            // Sound: both names end with a NUL, and the value goes with its length.
            unsafe lsetxattr(text, name, value.baseAddress, value.count, 0)
        } == 0
    }
}
