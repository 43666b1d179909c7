import Devices
import Files
import Objects
import Vdevs

/// Copies files that no directory holds: unlinked but not yet freed, or cut off by damage.
///
/// They go to `lost+found`, named for dataset and object. A lost directory is copied with all below it, so
/// only the tops of what was cut off are found there.
struct LostAndFound {
    static let folderName = Array("lost+found".utf8)

    let tree: TreeCopier

    private var context: CopyContext { tree.context }

    /// Looks through all objects of the file system for what the walk did not come to.
    func copy(into top: FolderJob) throws(ExtractError) {
        let lost = try find()
        guard !lost.isEmpty else { return }
        let folder: OutputFolder
        do {
            folder = try top.output.folder(Self.folderName, replacing: context.replaces)
        } catch {
            throw .output(error)
        }
        let job = FolderJob(folder, place: top.place + [Self.folderName], in: top)
        defer { job.release() }
        let short = tree.dataset.replacing("/", with: "_")
        for number in lost {
            try context.control.check()
            // A directory below another one that was lost has been copied with it.
            guard !tree.hasSeen(number), let file = try? tree.filesystem.file(number) else {
                continue
            }
            let name = FileName("\(short)#\(number)")
            try tree.copy(
                file, path: "/lost+found/\(name)", into: job,
                name: context.name(name, object: number, in: job))
        }
    }

    /// The objects of lost files: directories first, so that what they hold keeps its names.
    private func find() throws(ExtractError) -> [UInt64] {
        var directories: [UInt64] = []
        var others: [UInt64] = []
        var children = ObjectNumbers()
        try tree.filesystem.objectSet.forEachDnode { (visit) throws(ExtractError) in
            try context.control.check()
            switch visit {
            case .damaged(let numbers, let error): try fail(numbers, error)
            case .object(let object):
                guard !tree.hasSeen(object.number),
                    object.type == .plainFile || object.type == .directory,
                    let file = try? tree.filesystem.file(object.number), isOwn(file),
                    !isRemoved(file)
                else { return }
                guard file.kind == .directory else {
                    others.append(file.number)
                    return
                }
                directories.append(file.number)
                if let entries = try? file.directory() {
                    entries.forEachEntry { _ = children.insert($0.object) }
                }
            }
        }
        let tops = directories.filter { !children.contains($0) }
        // Where lost directories hold each other in a circle, none is a top.
        return tops + directories.filter { children.contains($0) } + others
    }

    /// Objects of which nothing can be known, not even how many there were.
    private func fail(
        _ numbers: ClosedRange<UInt64>, _ error: ObjectError
    ) throws(ExtractError) {
        var entry = ManifestEntry(
            dataset: tree.dataset, path: "", object: numbers.lowerBound, kind: "objects")
        entry.fail("objects \(numbers.lowerBound) to \(numbers.upperBound): \(error)")
        try context.add(entry, order: context.tally.takeOrder())
    }

    /// Whether the log that was replayed took the last name away, so that nothing was lost.
    private func isRemoved(_ file: File) -> Bool {
        tree.filesystem.isReplayed && file.attributes.links == 0
    }

    /// Whether the file stands for itself: extended attributes and the directory of shares do not.
    private func isOwn(_ file: File) -> Bool {
        !file.attributes.flags.contains(.isExtendedAttribute)
            && file.number != tree.filesystem.sharesDirectory
            && file.kind != .unknown
    }
}
