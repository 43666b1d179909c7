import SystemPackage

/// The devices and files among many paths, each once, to be opened side by side.
package struct DeviceScan: Sendable {
    /// One of them.
    package struct Entry: Sendable, Hashable {
        package let path: String
        /// Which file it is; nil where the path leads nowhere, so that opening it tells why.
        package let identity: FileIdentity?
        /// Whether it was named itself, not found in a folder: then it is an error if nothing is on it.
        package fileprivate(set) var isNamed: Bool
    }

    /// In the order of the paths given; folders are replaced by what is in them.
    package private(set) var entries: [Entry] = []
    /// Folders that could not be listed.
    package private(set) var failures: [DeviceError] = []

    /// Looks through `paths`: devices, files, and folders whose devices and files are taken.
    ///
    /// A device that several names lead to is taken under the first of them. A folder that does not exist
    /// is passed over where `isOptional`.
    package init(_ paths: [String], isOptional: Bool = false) {
        var known: [FileIdentity: Int] = [:]
        for path in paths {
            if Self.isFolder(path) {
                do throws(DeviceError) {
                    for found in try DeviceFolders.candidates(in: path) {
                        add(found, isNamed: false, &known)
                    }
                } catch {
                    failures.append(error)
                }
            } else if !isOptional || (try? FileIdentity(path: path)) != nil {
                add(path, isNamed: true, &known)
            }
        }
    }

    /// Whether `path` leads to a folder.
    package static func isFolder(_ path: String) -> Bool {
        (try? Stat(FilePath(path)))?.type == .directory
    }

    private mutating func add(_ path: String, isNamed: Bool, _ known: inout [FileIdentity: Int]) {
        let identity = try? FileIdentity(path: path)
        if let identity {
            if let index = known[identity] {
                entries[index].isNamed = entries[index].isNamed || isNamed
                return
            }
            known[identity] = entries.count
        }
        entries.append(Entry(path: path, identity: identity, isNamed: isNamed))
    }

    /// What `body` makes of each device, in order, worked out on `workers`; a device is open only as long as
    /// `body` or its result holds on to it.
    package func map<Result: Sendable>(
        _ workers: WorkerPool, _ opener: DeviceOpener,
        _ body: @escaping @Sendable (Entry, Swift.Result<any BlockDevice, DeviceError>) -> Result
    ) -> [Result] {
        let entries = entries
        return workers.map(below: entries.count) { index in
            let entry = entries[index]
            let device = Swift.Result { () throws(DeviceError) in try opener.open(entry.path) }
            return body(entry, device)
        }
    }
}
