import Bytes
import Datasets
import Devices
package import Files
import Objects
import Vdevs

/// Copies trees, files and volumes out of a pool, into one folder and nowhere else.
///
/// Damage costs what it hits and nothing more: unreadable bytes are zeros in the copy, with a map beside it,
/// and the manifest tells what is not complete. Run again on the same folder it goes on.
package final class Extraction {
    private let contents: PoolContents
    private let request: ExtractRequest
    private let plan: ExtractPlan
    private let context: CopyContext
    private let top: FolderJob
    /// Where datasets went, by name, for what lies below them.
    private var places: [String: Place] = [:]

    private struct Place {
        let folder: FolderJob
        /// Nil where the dataset can't be read.
        let filesystem: Filesystem?
    }

    /// Finds what is asked for, and opens the folder to write to, which is made where missing.
    package init(
        _ contents: PoolContents, _ request: ExtractRequest, to path: String,
        _ options: ExtractOptions = ExtractOptions(), _ control: ExtractControl = ExtractControl()
    ) throws(ExtractError) {
        self.contents = contents
        self.request = request
        do {
            plan = try ExtractPlan(contents, request)
        } catch {
            throw .pool(error)
        }
        // What can't be had is told before a folder is made for it.
        do {
            _ = try contents.open(request.item)
        } catch {
            let isOneOfMany = plan.parts.count > 1
            guard request.item.part == .whole, isOneOfMany || error.leavesLostFiles else {
                throw .files(error)
            }
        }
        let header = ManifestHeader(
            pool: contents.pool.name, guid: "\(contents.pool.guid.rawValue)",
            source: "\(request)")
        context = try CopyContext(to: path, of: header, options, control)
        top = FolderJob(context.target, place: [], in: nil)
    }

    /// Where the manifest is.
    package var manifestPath: String { context.manifest.path }

    /// What has been copied so far.
    package var summary: ExtractSummary { context.tally.summary }

    /// Copies everything; throws what ended it before. What was copied until then stays.
    package func run() throws(ExtractError) {
        begin()
        defer { context.queue.drain() }
        for part in plan.parts { try copy(part) }
        context.queue.drain()
        for place in places.values { place.folder.release() }
        top.release()
        try context.control.check()
        try context.manifest.finish()
    }

    private func begin() {
        var total: UInt64?
        if request.item.part == .whole { total = plan.byteCount }
        context.control.meter.begin("copying", total: total, isBytes: true)
    }

    private func copy(_ part: ExtractPlan.Part) throws(ExtractError) {
        try context.control.check()
        let opened: DatasetContents
        do throws(FilesError) {
            opened = try contents.open(part.dataset)
        } catch {
            if case .neverWritten = error.reason {
                _ = try folder(of: part, nil)
                return
            }
            if let filesystem = try salvaged(part, error) {
                try copy(filesystem, part, try folder(of: part, filesystem))
                return
            }
            // Alone it is an error; among others it is one that is missing.
            guard plan.parts.count > 1 else { throw .files(error.at(part.dataset.name)) }
            _ = try folder(of: part, nil)
            try fail(part.dataset, "\(error.reason)")
            return
        }
        switch opened {
        case .filesystem(let filesystem):
            try copy(filesystem, part, try folder(of: part, filesystem))
        case .volume(let volume, _): try copy(volume, part)
        case .other(let set):
            guard plan.parts.count > 1 else {
                throw .files(FilesError(.notFilesystem("\(set.type)"), path: part.dataset.name))
            }
        }
    }

    private func fail(_ dataset: Dataset, _ problem: String) throws(ExtractError) {
        var entry = ManifestEntry(
            dataset: dataset.name, path: "", object: dataset.object, kind: "dataset")
        entry.fail(problem)
        try context.add(entry, order: context.tally.takeOrder())
    }

    /// The file system of a dataset whose master node can't be read, though its objects can; nil where that
    /// is not what is wrong.
    private func salvaged(
        _ part: ExtractPlan.Part, _ cause: FilesError
    ) throws(ExtractError) -> Filesystem? {
        guard case .object(let error) = cause.reason, error.isDamage, request.item.part == .whole,
            let set = try? contents.objectSet(of: part.dataset), set.type == .filesystem
        else { return nil }
        var entry = ManifestEntry(
            dataset: part.dataset.name, path: "", object: part.dataset.object, kind: "dataset")
        entry.note(
            "\(cause.reason); its files are found by looking through its objects", isLoss: true)
        try context.add(entry, order: context.tally.takeOrder())
        return Filesystem.salvaged(set, cause)
    }

    private func copy(
        _ filesystem: Filesystem, _ part: ExtractPlan.Part, _ folder: FolderJob
    ) throws(ExtractError) {
        let tree = TreeCopier(filesystem, dataset: part.dataset.name, context)
        let file: File?
        let path: String
        do throws(FilesError) {
            (file, path) = try wanted(in: filesystem)
        } catch {
            if case .snapshot = part.place, case .noEntry = error.reason { return }
            guard request.item.part == .whole else {
                throw .files(error.at("\(part.dataset.name):\(error.path ?? "")"))
            }
            try fail(part.dataset, "its root can't be read: \(error)")
            (file, path) = (nil, "/")
        }
        if let file, file.kind == .directory {
            folder.hold()
            try tree.copy(contentsOf: file, path: path, into: folder)
        } else if let file {
            let last = path.utf8.split(separator: 0x2f).last.map { FileName(Array($0)) }
            let name = last ?? FileName("object#\(file.number)")
            try tree.copy(
                file, path: path, into: folder,
                name: context.name(name, object: file.number, in: folder))
        }
        if request.item.part == .whole, context.options.findsLost {
            try LostAndFound(tree: tree).copy(into: folder)
        }
    }

    /// The file that was asked for, the root where it was the whole, and its path.
    private func wanted(in filesystem: Filesystem) throws(FilesError) -> (File, String) {
        switch request.item.part {
        case .whole: return (try filesystem.file(filesystem.root), "/")
        case .path(let path):
            let names = path.utf8.split(separator: 0x2f).map { FileName(Array($0)) }
            return (try filesystem.file(at: path), Filesystem.text(names))
        case .object(let number):
            let file = try filesystem.file(number)
            let path = try? filesystem.path(of: number)
            return (file, path.map { Filesystem.text($0) } ?? "")
        }
    }

    private func copy(_ volume: Volume, _ part: ExtractPlan.Part) throws(ExtractError) {
        let last = part.dataset.name.split(separator: "/").last.map(String.init)
        let (folder, name) = try place(of: part, last ?? part.dataset.name)
        try VolumeCopier(
            context: context, dataset: part.dataset.name,
            generation: part.dataset.rootPointer.logicalBirth.rawValue
        ).copy(volume, into: folder, name: name)
    }

    /// The folder that a dataset's contents go to.
    private func folder(
        of part: ExtractPlan.Part, _ filesystem: Filesystem?
    ) throws(ExtractError) -> FolderJob {
        var folder = top
        switch part.place {
        case .top: folder.hold()
        case .below(_, let name):
            let (parent, written) = try place(of: part, name)
            folder = try below(parent, [written])
        case .snapshot(let head, let name):
            let written = OutputName.name(
                FileName(name), object: part.dataset.object, isTop: false)
            folder = try below(
                places[head]?.folder ?? top, [Array(".zfs".utf8), Array("snapshot".utf8), written])
        }
        places[part.dataset.name]?.folder.release()
        places[part.dataset.name] = Place(folder: folder, filesystem: filesystem)
        return folder
    }

    /// The folder and the name in it for a dataset.
    ///
    /// The directory that it would be mounted on is used where it is empty; else it gets another name.
    private func place(
        of part: ExtractPlan.Part, _ name: String
    ) throws(ExtractError) -> (FolderJob, [UInt8]) {
        let original = FileName(name)
        let parent: Place
        switch part.place {
        case .top: parent = Place(folder: top, filesystem: nil)
        case .below(let above, _), .snapshot(let above, _):
            parent = places[above] ?? Place(folder: top, filesystem: nil)
        }
        if let filesystem = parent.filesystem, original.isSafe,
            let root = try? filesystem.file(filesystem.root),
            let child = try? filesystem.child(original, of: root),
            child.attributes.form != .none, child.kind == .directory, child.attributes.size == 2
        {
            return (parent.folder, original.bytes)
        }
        return (
            parent.folder,
            context.name(original, object: part.dataset.object, in: parent.folder)
        )
    }

    /// Folders below one another, the last of them as a job.
    private func below(_ folder: FolderJob, _ names: [[UInt8]]) throws(ExtractError) -> FolderJob {
        var output = folder.output
        do throws(DeviceError) {
            for name in names { output = try output.folder(name, replacing: context.replaces) }
        } catch {
            throw .output(error)
        }
        return FolderJob(output, place: folder.place + names, in: folder)
    }
}

extension ObjectError {
    /// Whether something is broken, not only absent, as in a dataset that never was a file system.
    fileprivate var isDamage: Bool { reason != .notAllocated }
}

extension FilesError {
    /// Whether only the root directory is damaged, so that files may still be found without it.
    fileprivate var leavesLostFiles: Bool {
        if case .object = reason { true } else { false }
    }
}
