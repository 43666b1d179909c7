import Bytes
package import Datasets
import Devices
package import Files
import Objects

/// What `ls` shows: datasets, and the files of file systems as they stand in the pool.
///
/// What can't be read is told with its place, and the listing goes on beside it.
package struct ListReport {
    /// Deeper trees are not walked; a path of this length can't be named on any system.
    static let depthLimit = 4096

    let contents: PoolContents
    let output: Output
    let options: ListOptions
    let workers: WorkerPool

    package init(_ contents: PoolContents, _ output: Output, _ options: ListOptions) {
        self.contents = contents
        self.output = output
        self.options = options
        workers = WorkerPool(threadCount: max(1, options.threads))
    }

    var pool: Pool { contents.pool }
    var isJSON: Bool { output.options.isJSON }

    /// Lists what was named, or the datasets where nothing was; false where a name led nowhere.
    package func show(_ items: [PoolItem]) throws(PoolError) -> Bool {
        defer { output.report(pool.notes) }
        guard !items.isEmpty else {
            try showDatasets()
            return true
        }
        var isComplete = true
        for (index, item) in items.enumerated() {
            do throws(FilesError) {
                let opened = try contents.open(item)
                let isTitled = items.count > 1 || options.isRecursive
                try show(opened, isFirst: index == 0, isTitled: isTitled)
            } catch {
                if case .pool(.cancelled) = error.reason { throw .cancelled }
                output.failure("\(error)")
                isComplete = false
            }
        }
        return isComplete
    }

    private func show(
        _ opened: OpenedItem, isFirst: Bool, isTitled: Bool
    ) throws(FilesError) {
        guard let file = opened.file else {
            guard case .volume(let volume, _) = opened.contents, opened.item.part == .whole else {
                throw FilesError(.notFilesystem("a \(opened.contents)"), path: "\(opened.item)")
            }
            return show(volume, named: opened.item.dataset)
        }
        let path: [FileName]
        switch opened.item.part {
        case .whole: path = []
        case .path(let text): path = text.utf8.split(separator: 0x2f).map { FileName([UInt8]($0)) }
        case .object: path = [FileName("#\(file.number)")]
        }
        guard file.kind == .directory && !options.showsDirectories else {
            let entry = DirectoryEntry(name: FileName(""), object: file.number, kind: file.kind)
            let name = FileName("\(opened.item)")
            if isJSON {
                printRecord(of: ListedFile(entry, .success(file)), path, opened.item.dataset)
            } else {
                printLines([(name, ListedFile(entry, .success(file)))])
            }
            return
        }
        var walk = ListWalk(
            report: self, dataset: opened.item.dataset, isTitled: isTitled, isFirst: isFirst)
        try walk.run(file, at: path)
    }

    private func show(_ volume: Volume, named name: String) {
        if isJSON {
            output.section(
                Section(
                    type: "volume", title: "",
                    .record(
                        Record(["dataset": .text(name), "size": .bytes(volume.size)]))))
        } else {
            let size = options.showsBytes ? "\(volume.size)" : Units.size(volume.size)
            output.line(options.isLong ? "volume \(size) \(name)" : name)
        }
    }

    func printLines(_ files: [(name: FileName, listed: ListedFile)]) {
        let lines = FileLines(options: options, paint: output.options.paint)
        for line in lines.lines(files) { output.line(line) }
    }

    /// One JSON line for a file.
    func printRecord(of listed: ListedFile, _ path: [FileName], _ dataset: String) {
        var record = Record([
            "dataset": .text(dataset), "path": .text(Filesystem.text(path)),
        ])
        // Bytes that are no text can't be told from an escape in the path.
        if path.contains(where: { $0.text == nil }) {
            record.add("path_bytes", .data([0x2f] + path.map(\.bytes).joined(separator: [0x2f])))
        }
        switch listed.file {
        case .success(let file):
            for entry in file.summary.entries { record.add(entry.name, entry.value) }
        case .failure(let error):
            record.add("object", .number(listed.entry.object))
            record.add("kind", .text("\(listed.kind)"))
            record.add("damage", .text("\(error)"))
        case nil:
            record.add("object", .number(listed.entry.object))
            record.add("kind", .text("\(listed.kind)"))
        }
        output.section(Section(type: "file", title: "", .record(record)))
    }
}
