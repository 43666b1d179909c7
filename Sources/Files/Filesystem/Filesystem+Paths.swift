import Objects

extension Filesystem {
    /// The most components of a path that are followed, and directories on the way to the root.
    private static var depthLimit: Int { 4096 }

    /// The file at a path from the root; symlinks are not followed.
    ///
    /// Empty components and `.` stand for the same directory, `..` for the one above but never above the
    /// root.
    package func file(at path: String) throws(FilesError) -> File {
        var trail: [File] = [try file(root)]
        let components = Array(path.utf8).split(separator: 0x2f)
        guard components.count <= Self.depthLimit else {
            throw FilesError(.limit("a path of \(components.count) components"), path: path)
        }
        for component in components {
            let name = FileName(component)
            if name == FileName(".") { continue }
            if name == FileName("..") {
                if trail.count > 1 { trail.removeLast() }
                continue
            }
            guard let here = trail.last else { break }
            do throws(FilesError) {
                trail.append(try child(name, of: here))
            } catch {
                throw error.at(path)
            }
        }
        guard let last = trail.last else { return try file(root) }
        return last
    }

    /// The file of that name in a directory.
    package func child(_ name: FileName, of directory: File) throws(FilesError) -> File {
        guard directory.kind == .directory else {
            throw FilesError(.notDirectory(directory.kind.description))
        }
        let entry: DirectoryEntry?
        do {
            entry = try Directory(directory.object, matcher: matcher).lookup(name)
        } catch {
            throw FilesError(.object(error))
        }
        guard let entry else {
            throw FilesError(
                .noEntry(
                    name: name.description,
                    directory: directory.number == root ? "/" : "directory \(directory.number)"))
        }
        return try file(entry.object)
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
