import Bytes
import Glibc

extension OutputFolder {
    /// Whether the folder holds nothing.
    package func isEmpty() throws(DeviceError) -> Bool { try names(limit: 1).isEmpty }

    /// The names in the folder, `limit` at most.
    package func names(limit: Int = .max) throws(DeviceError) -> [[UInt8]] {
        let copy = unsafe openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = unsafe fdopendir(copy) else {
            throw DeviceError(device: path, .refused(action: "listed", errno))
        }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        while names.count < limit, let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe Array(bytes.prefix { $0 != 0 })
            }
            if name != [0x2e], name != [0x2e, 0x2e] { names.append(name) }
        }
        return names
    }
}
