import Glibc
import SystemPackage

/// Where devices are looked for.
package enum DeviceFolders {
    /// The folders that zpool-import(8) searches, in its order: names that last come first.
    ///
    /// Mirrors `zpool_default_import_path` (`lib/libzutil/os/linux/zutil_import_os.c`).
    package static let usual = [
        "/dev/disk/by-vdev", "/dev/mapper", "/dev/disk/by-partlabel", "/dev/disk/by-partuuid",
        "/dev/disk/by-label", "/dev/disk/by-uuid", "/dev/disk/by-id", "/dev/disk/by-path", "/dev",
    ]

    /// The paths in `folder` that lead to regular files and block devices, sorted by name; below `/dev` only
    /// to block devices.
    ///
    /// Folders inside it are not searched. Throws where it cannot be listed.
    package static func candidates(in folder: String) throws(DeviceError) -> [String] {
        let names = try entries(of: folder)
        let onlyBlockDevices = folder == "/dev" || folder.hasPrefix("/dev/")
        return names.sorted().compactMap { name in
            let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            // A name that is not UTF-8 leads nowhere as a string; opening it tells so.
            guard let stat = try? Stat(FilePath(path)) else {
                return DeviceError.isUnnamable(path) && !onlyBlockDevices ? path : nil
            }
            switch stat.type {
            case .blockSpecial: return path
            case .regular: return onlyBlockDevices ? nil : path
            default: return nil
            }
        }
    }

    private static func entries(of folder: String) throws(DeviceError) -> [String] {
        guard let stream = unsafe opendir(folder) else {
            throw DeviceError(device: folder, .system(errno))
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        // Sound: the entry is valid until the next call, and its name ends with a zero byte.
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
