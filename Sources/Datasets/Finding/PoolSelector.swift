import Bytes
package import Devices
import Vdevs

/// Finds the one pool that a user means by a name on the command line.
///
/// A device or image file means the pool that it belongs to, put together from its labels, the devices beside it
/// and the paths in its configuration. A folder means the pool on the devices in it. Anything else is a pool's
/// name or GUID, looked up in the folders of `search` or in a zpool.cache file.
package struct PoolSelector: Sendable {
    /// The paths given with `--search`; where there are none, the usual device folders are searched.
    let search: [String]
    /// The path given with `--cachefile`.
    let cacheFile: String?
    let finder: PoolFinder
    let opener: DeviceOpener
    /// The overlay given with `--overlay`.
    let overlay: PoolOverlay?

    /// With `takesDetached` a device that was detached means the pool that it is by itself, if it can be one.
    package init(
        search: [String] = [], cacheFile: String? = nil, opener: DeviceOpener = DeviceOpener(),
        overlay: PoolOverlay? = nil, threads: Int = 16, takesDetached: Bool = false
    ) {
        self.search = search
        self.cacheFile = cacheFile
        self.opener = opener
        self.overlay = overlay
        finder = PoolFinder(
            opener, threads: threads, overlay: overlay, takesDetached: takesDetached)
    }

    /// The pool that `text` means.
    ///
    /// Throws `PoolError.notAPool` with one sentence that says what is there instead, or which pools there are
    /// where there is more than one.
    package func select(_ text: String) throws(PoolError) -> PoolCandidate {
        let candidate = try find(text)
        try overlay?.confirm(candidate)
        return candidate
    }

    private func find(_ text: String) throws(PoolError) -> PoolCandidate {
        let isPath = text.contains("/") || search.isEmpty && cacheFile == nil && Self.exists(text)
        if isPath { return try atPath(text) }
        do throws(PoolError) {
            guard let cacheFile else { return try named(text) }
            return try cached(text, in: cacheFile)
        } catch {
            guard Self.exists(text) else { throw error }
        }
        return try atPath(text)
    }

    private func atPath(_ path: String) throws(PoolError) -> PoolCandidate {
        try DeviceScan.isFolder(path) ? inFolder(path) : on(path)
    }

    /// All pools on `paths`, or in the places that `--search` or the lack of it names.
    ///
    /// What labels leave open is looked up in the pools.
    package func findings(in paths: [String]) -> PoolFindings {
        (paths.isEmpty ? searched() : finder.find(in: paths)).completed()
    }

    /// What is in the places that `--search` names, or in the usual ones.
    func searched() -> PoolFindings {
        search.isEmpty
            ? finder.find(in: DeviceFolders.usual, isOptional: true) : finder.find(in: search)
    }

    private static func exists(_ path: String) -> Bool {
        do throws(DeviceError) {
            _ = try FileIdentity(path: path)
            return true
        } catch {
            // It exists, but is a folder, a pipe or closed to us: the attempt to open it says so.
            return error.reason != .system(noSuchFile)
        }
    }

    /// `ENOENT`.
    private static let noSuchFile: Int32 = 2
}
