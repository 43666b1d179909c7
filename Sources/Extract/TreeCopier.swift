import Devices
import Files
import Objects
import Synchronization

/// Copies a directory with all below it.
///
/// One thread walks the directories in the order of their names, others copy files.
final class TreeCopier: Sendable {
    /// Folders below one another that are held open at once; deeper ones go to `lost+found`.
    static let depthLimit = 400

    let filesystem: Filesystem
    /// The dataset's name, for the manifest.
    let dataset: String
    let context: CopyContext
    let links = LinkTable()
    private let seenObjects = Mutex(ObjectNumbers())

    init(_ filesystem: Filesystem, dataset: String, _ context: CopyContext) {
        self.filesystem = filesystem
        self.dataset = dataset
        self.context = context
    }

    /// Whether the walk came to that object.
    func hasSeen(_ object: UInt64) -> Bool { seenObjects.withLock { $0.contains(object) } }

    /// Whether the object was not come to before.
    func markSeen(_ object: UInt64) -> Bool { seenObjects.withLock { $0.insert(object) } }

    /// Copies the contents of `directory` into `folder`, and has set what the folder bears.
    func copy(
        contentsOf directory: File, path: String, into folder: FolderJob
    ) throws(ExtractError) {
        defer { folder.release() }
        let order = context.tally.takeOrder()
        var entry = entry(of: directory, path: path, folder.place)
        let entries = entries(of: directory, &entry)
        setWhenFilled(directory, folder, entry, order)
        // All names are claimed before a note about one file can take that of another.
        let names = entries.map { context.name($0.name, object: $0.object, in: folder) }
        for (item, name) in zip(entries, names) {
            try context.control.check()
            let below = path == "/" ? "/\(item.name)" : "\(path)/\(item.name)"
            let file: File
            do {
                file = try filesystem.file(item.object)
            } catch {
                _ = markSeen(item.object)
                try fail(item, path: below, "\(error)")
                continue
            }
            try copy(file, path: below, into: folder, name: name)
        }
    }

    /// The entries of a directory that was not come to before; what is wrong with it goes to `entry`.
    private func entries(of directory: File, _ entry: inout ManifestEntry) -> [DirectoryEntry] {
        guard markSeen(directory.number) else {
            entry.note("the directory was met before, so its contents are there", isLoss: true)
            return []
        }
        do {
            let contents = try directory.directory().contents()
            for problem in contents.problems { entry.note(problem.what, isLoss: true) }
            return contents.entries
        } catch {
            entry.note("its entries can't be read: \(error)", isLoss: true)
            return []
        }
    }

    /// A directory's entry leads to no file.
    private func fail(
        _ item: DirectoryEntry, path: String, _ problem: String
    ) throws(ExtractError) {
        var entry = ManifestEntry(
            dataset: dataset, path: path, object: item.object, kind: item.kind.description)
        entry.fail(problem)
        try context.add(entry, order: context.tally.takeOrder())
    }

    /// Copies a file of any kind to a name in `folder` that it has to itself.
    func copy(
        _ file: File, path: String, into folder: FolderJob, name: [UInt8]
    ) throws(ExtractError) {
        if file.kind == .directory {
            try copyDirectory(file, path: path, into: folder, name: name)
            return
        }
        _ = markSeen(file.number)
        let order = context.tally.takeOrder()
        let leaf = LeafCopier(
            tree: self, folder: folder, name: name, path: path, order: order)
        folder.hold()
        guard file.attributes.links > 1 else {
            enqueue(folder) { try leaf.copy(file) }
            return
        }
        let link = LinkTable.Link(folder: folder, name: name, path: path, order: order)
        switch links.ask(file.number, link) {
        case .first: enqueue(folder) { try leaf.copyFirst(file) }
        case .waiting: break
        case .known(let original):
            enqueue(folder) { try leaf.link(file, to: original) }
        }
    }

    /// Has a thread do something for a folder, which is released then.
    private func enqueue(
        _ folder: FolderJob, _ body: @escaping @Sendable () throws -> Void
    ) {
        let control = context.control
        context.queue.add {
            defer { folder.release() }
            guard !control.isOver else { return }
            do {
                try body()
            } catch {
                if let error = error as? ExtractError { control.fail(error) }
            }
        }
    }

    private func copyDirectory(
        _ file: File, path: String, into folder: FolderJob, name: [UInt8]
    ) throws(ExtractError) {
        let place = folder.place + [name]
        guard place.count <= Self.depthLimit else {
            var entry = entry(of: file, path: path, place)
            entry.refuse(
                "it lies \(place.count) folders deep; where a whole file system is copied, it is in "
                    + "lost+found")
            try context.add(entry, order: context.tally.takeOrder())
            return
        }
        let below: OutputFolder
        do {
            below = try folder.output.folder(name, replacing: context.replaces)
        } catch {
            _ = markSeen(file.number)
            guard !error.endsExtraction else { throw .output(error) }
            var entry = entry(of: file, path: path, place)
            entry.refuse("\(error)")
            try context.add(entry, order: context.tally.takeOrder())
            return
        }
        try copy(
            contentsOf: file, path: path, into: FolderJob(below, place: place, in: folder))
    }

    private func setWhenFilled(
        _ directory: File, _ folder: FolderJob, _ entry: ManifestEntry, _ order: UInt64
    ) {
        let context = context
        let domains = filesystem.domains
        folder.whenFilled { [unowned folder] in
            guard !context.control.isOver else { return }
            var entry = entry
            let extended = ExtendedAttributes(of: directory)
            for problem in extended.problems { entry.note(problem.what, isLoss: true) }
            entry.noteWhatLinuxLacks(of: directory, domains)
            entry.note(
                folder.output.apply(OutputMetadata(directory.attributes, extended)))
            context.addChecked(entry, order: order)
        }
    }

    /// The manifest's line of a file before it was copied.
    func entry(of file: File, path: String, _ place: FolderJob.Place) -> ManifestEntry {
        let attributes = file.attributes
        let written = "/" + place.map { FileName($0).description }.joined(separator: "/")
        var entry = ManifestEntry(
            dataset: dataset, path: path, object: file.number, kind: file.kind.description,
            size: file.kind == .directory ? 0 : attributes.size,
            generation: attributes.generation)
        if written != path { entry.written = written }
        entry.modified = attributes.modificationTime.totalNanoseconds
        entry.mode = String(attributes.permissions, radix: 8)
        entry.user = attributes.user.identity
        entry.group = attributes.group.identity
        for problem in attributes.problems { entry.note("\(problem)", isLoss: true) }
        return entry
    }
}
