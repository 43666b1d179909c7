import Objects

extension Filesystem {
    /// The most components of a path that are followed, and directories on the way to the root.
    static var depthLimit: Int { 4096 }

    /// The file at a path from the root; symlinks are not followed.
    ///
    /// Empty components and `.` stand for the same directory, `..` for the one above but never above the
    /// root.
    package func file(at path: String) throws(FilesError) -> File {
        let components = Array(path.utf8).split(separator: 0x2f)
        guard components.count <= Self.depthLimit else {
            throw FilesError(.limit("a path of \(components.count) components"), path: path)
        }
        let top = try file(root)
        var trail: [(name: FileName, file: File)] = []
        for component in components {
            let name = FileName(component)
            if name == FileName(".") { continue }
            if name == FileName("..") {
                _ = trail.popLast()
                continue
            }
            let next = try step(name, from: trail.last?.file ?? top, trail.map(\.name), path)
            trail.append((name, next))
        }
        return trail.last?.file ?? top
    }

    /// The file of that name in the directory that `trail` leads to; errors name as much of the way as leads
    /// to their cause.
    func step(
        _ name: FileName, from directory: File, _ trail: [FileName], _ path: String
    ) throws(FilesError) -> File {
        let here = Self.text(trail)
        let entry: DirectoryEntry
        do throws(FilesError) {
            entry = try self.entry(name, of: directory, at: here)
        } catch {
            throw error.at(error.isAbsence ? path : here)
        }
        do throws(FilesError) {
            return try file(entry.object)
        } catch {
            throw error.at(Self.text(trail + [name]))
        }
    }

    /// The file of that name in a directory.
    package func child(_ name: FileName, of directory: File) throws(FilesError) -> File {
        let place = directory.number == root ? "/" : "directory \(directory.number)"
        return try file(try entry(name, of: directory, at: place).object)
    }

    private func entry(
        _ name: FileName, of directory: File, at place: String
    ) throws(FilesError) -> DirectoryEntry {
        guard directory.kind == .directory else {
            throw FilesError(.notDirectory(directory.kind.description))
        }
        let found: DirectoryEntry?
        let contents = try directory.directory()
        do {
            found = try contents.lookup(name)
        } catch {
            throw FilesError(.object(error))
        }
        guard let entry = found else {
            throw FilesError(.noEntry(name: name.description, directory: place))
        }
        return entry
    }

    /// The path of an object, found from it upwards by the parents that files remember.
    ///
    /// A file with several names gets the one that its parent holds. Throws where the way does not lead to
    /// the root: a parent that is gone, that holds no such name, or that leads in a circle. Mirrors
    /// `zfs_obj_to_path` (`module/os/linux/zfs/zfs_znode_os.c`).
    package func path(of number: UInt64) throws(FilesError) -> [FileName] {
        var names: [FileName] = []
        var seen: Set<UInt64> = []
        var current = number
        while current != root {
            guard seen.insert(current).inserted else {
                throw FilesError(
                    .damaged("the parents of object \(number) lead in a circle to \(current)"))
            }
            guard names.count < Self.depthLimit else {
                throw FilesError(.limit("a path of more than \(Self.depthLimit) components"))
            }
            let attributes = try attributes(of: try object(current))
            let parent = try file(attributes.parent)
            if attributes.flags.contains(.isExtendedAttribute),
                parent.attributes.attributeDirectory == current
            {
                names.append(FileName("<xattrdir>"))
            } else {
                guard let name = try parent.directory().names(of: current).first else {
                    throw FilesError(
                        .damaged("directory \(parent.number) has no name for object \(current)"))
                }
                names.append(name)
            }
            current = parent.number
        }
        return names.reversed()
    }

    /// A path as text: `/` and the names between slashes.
    package static func text(_ path: [FileName]) -> String {
        "/" + path.map(\.description).joined(separator: "/")
    }
}

extension FilesError {
    /// Whether everything could be read, and what was asked for is not there.
    fileprivate var isAbsence: Bool {
        if case .noEntry = reason { true } else { false }
    }
}
