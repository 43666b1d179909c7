extension Filesystem {
    /// As many symlinks as a kernel follows on one path (`MAXSYMLINKS`).
    private static var linkLimit: Int { 40 }

    /// The file at a path, symlinks on the way followed inside this file system, the last one where
    /// `followingLast` says so.
    ///
    /// A link that begins with a slash begins at the root of a machine, of which nothing is known here, so it
    /// is not followed.
    package func file(following path: String, followingLast: Bool) throws(FilesError) -> File {
        let top = try file(root)
        var trail: [(name: FileName, file: File)] = []
        var rest = Self.components(Array(path.utf8))
        var links = 0
        while let name = rest.popLast() {
            if name == FileName(".") { continue }
            if name == FileName("..") {
                _ = trail.popLast()
                continue
            }
            let next = try step(name, from: trail.last?.file ?? top, trail.map(\.name), path)
            guard next.kind == .symlink, followingLast || !rest.isEmpty else {
                trail.append((name, next))
                continue
            }
            let place = Self.text(trail.map(\.name) + [name])
            links += 1
            guard links <= Self.linkLimit else {
                throw FilesError(
                    .limit("it takes more than \(Self.linkLimit) symlinks"), path: path)
            }
            let target: [UInt8]
            do {
                target = try next.symlinkTarget()
            } catch {
                throw error.at(place)
            }
            guard target.first != UInt8(ascii: "/") else {
                throw FilesError(.leadsOut(FileName(target).description), path: place)
            }
            rest += Self.components(target)
        }
        return trail.last?.file ?? top
    }

    /// The parts of a path, the first one last.
    private static func components(_ path: [UInt8]) -> [FileName] {
        path.split(separator: UInt8(ascii: "/")).reversed().map { FileName($0) }
    }
}
