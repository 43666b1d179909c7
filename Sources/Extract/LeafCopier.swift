import Bytes
import Devices
import Files

/// Copies one file that is no directory to a name that is its own.
struct LeafCopier: Sendable {
    let tree: TreeCopier
    let folder: FolderJob
    let name: [UInt8]
    /// In the dataset.
    let path: String
    /// The file's number in the walk.
    let order: UInt64

    private var context: CopyContext { tree.context }
    private var place: FolderJob.Place { folder.place + [name] }

    /// Copies the file and notes how it went; throws what ends the extraction.
    func copy(_ file: File) throws(ExtractError) {
        let entry = try copied(file)
        try context.control.check()
        try context.add(entry, order: order)
    }

    /// The same for the first name of a file with several; makes the others that wait for it.
    func copyFirst(_ file: File) throws(ExtractError) {
        let entry = try copied(file)
        try context.control.check()
        try context.add(entry, order: order)
        let original = LinkTable.Original(place: place, entry: entry)
        for link in tree.links.finish(file.number, original) {
            defer { link.folder.release() }
            let leaf = LeafCopier(
                tree: tree, folder: link.folder, name: link.name, path: link.path,
                order: link.order)
            try leaf.link(file, to: original)
        }
    }

    /// Gives the file this name too; copies it again where the target can't link.
    func link(_ file: File, to original: LinkTable.Original) throws(ExtractError) {
        var entry = tree.entry(of: file, path: path, place)
        let first = original.entry
        guard first.state == .complete || first.state == .incomplete else {
            entry.problems = first.problems
            entry.state = first.state
            try context.add(entry, order: order)
            return
        }
        do throws(DeviceError) {
            if try isLinked(to: original) == false {
                try clear()
                let other = try context.target.descend(original.place.dropLast())
                guard let name = original.place.last else { return }
                try folder.output.createLink(self.name, to: name, in: other)
            }
        } catch {
            guard !error.endsExtraction else { throw .output(error) }
            try copy(file)
            return
        }
        entry.xxh3 = first.xxh3
        entry.state = first.state
        entry.problems = first.problems
        entry.damagedBytes = first.damagedBytes
        try context.add(entry, order: order)
    }

    /// Whether an earlier run made the link.
    private func isLinked(to original: LinkTable.Original) throws(DeviceError) -> Bool {
        guard context.replaces, let name = original.place.last,
            let here = try folder.output.status(self.name)
        else { return false }
        let other = try context.target.descend(original.place.dropLast())
        return try other.status(name)?.identity == here.identity
    }

    private func copied(_ file: File) throws(ExtractError) -> ManifestEntry {
        var entry = tree.entry(of: file, path: path, place)
        do throws(DeviceError) {
            if let done = try finishedBefore(file, entry) {
                context.tally.addResumed()
                return done
            }
            try clear()
            let extended = ExtendedAttributes(of: file)
            for problem in extended.problems { entry.note(problem.what, isLoss: true) }
            entry.noteWhatLinuxLacks(of: file, tree.filesystem.domains)
            let metadata = OutputMetadata(file.attributes, extended)
            switch file.kind {
            case .regular: try copyContents(file, metadata, &entry)
            case .symlink: try copySymlink(file, metadata, &entry)
            case .fifo, .socket, .characterDevice, .blockDevice:
                try copyNode(file, metadata, &entry)
            default: entry.refuse("a \(file.kind) can't be made on this system")
            }
        } catch {
            guard !error.endsExtraction else { throw .output(error) }
            entry.refuse("\(error)")
        }
        return entry
    }

    /// The entry of an earlier run, where the file is still what was copied and the copy is there.
    private func finishedBefore(
        _ file: File, _ entry: ManifestEntry
    ) throws(DeviceError) -> ManifestEntry? {
        guard let done = context.manifest.earlierEntry(dataset: entry.dataset, path: entry.path),
            done.state == .complete, done.object == entry.object,
            done.generation == entry.generation, done.modified == entry.modified,
            done.size == entry.size, done.kind == entry.kind, done.written == entry.written,
            let status = try folder.output.status(name)
        else { return nil }
        switch (file.kind, status.kind) {
        case (.regular, .file): return status.byteCount == entry.size ? done : nil
        case (.symlink, .symlink): return done
        case (.regular, _), (.symlink, _): return nil
        default: return status.kind == .other ? done : nil
        }
    }

    /// Takes away what an interrupted run left, or what may be replaced.
    private func clear() throws(DeviceError) {
        guard context.replaces, let status = try folder.output.status(name),
            status.kind != .folder
        else { return }
        try folder.output.remove(name)
    }

    private func copyContents(
        _ file: File, _ metadata: OutputMetadata, _ entry: inout ManifestEntry
    ) throws(DeviceError) {
        let damageFile = DamageFile(context: context, folder: folder, name: name)
        let earlier = context.manifest.earlierEntry(dataset: entry.dataset, path: path)
        if earlier?.damagedBytes != nil { try damageFile.removeOld() }
        let output = try folder.output.createFile(name)
        let copier = FileCopier(context: context, isLarge: file.attributes.size > 4 << 20)
        let outcome = try copier.copy(file.contents, to: output)
        entry.xxh3 = outcome.hash
        entry.note(output.apply(metadata))
        guard !outcome.damage.isEmpty else { return }
        entry.damagedBytes = outcome.damage.byteCount
        entry.note(outcome.damage.sentence, isLoss: true)
        try damageFile.write(outcome.damage, entry)
    }

    private func copySymlink(
        _ file: File, _ metadata: OutputMetadata, _ entry: inout ManifestEntry
    ) throws(DeviceError) {
        let target: [UInt8]
        do {
            target = try file.symlinkTarget()
        } catch {
            entry.fail("its target can't be read: \(error)")
            return
        }
        try folder.output.createSymlink(name, target: target)
        entry.note(try folder.output.apply(metadata, toNode: name, isSymlink: true))
    }

    private func copyNode(
        _ file: File, _ metadata: OutputMetadata, _ entry: inout ManifestEntry
    ) throws(DeviceError) {
        let attributes = file.attributes
        if file.kind.isDevice { entry.device = attributes.device.description }
        do throws(DeviceError) {
            try folder.output.createNode(
                name, mode: UInt32(truncatingIfNeeded: attributes.mode & 0o177777),
                major: attributes.device.major, minor: attributes.device.minor)
        } catch {
            guard error.isForbidden else { throw error }
            entry.refuse("\(error)")
            entry.isForbidden = true
            return
        }
        entry.note(try folder.output.apply(metadata, toNode: name, isSymlink: false))
    }
}
