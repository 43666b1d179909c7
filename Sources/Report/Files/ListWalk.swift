import Bytes
import Datasets
import Devices
import Files
import Objects

/// One listing of a directory, and of all below it where that was asked for.
struct ListWalk {
    /// Directories that are read ahead hold at most so many entries altogether.
    private static let aheadLimit: UInt64 = 50_000

    let report: ListReport
    let dataset: String
    let isTitled: Bool
    var isFirst: Bool
    /// Directories that were listed: a damaged one may hold another name of one above it.
    private var seen: Set<UInt64> = []

    private struct Pending {
        let path: [FileName]
        let directory: File
        /// What was read ahead.
        let listing: Result<DirectoryListing, FilesError>?
    }

    init(report: ListReport, dataset: String, isTitled: Bool, isFirst: Bool) {
        self.report = report
        self.dataset = dataset
        self.isTitled = isTitled
        self.isFirst = isFirst
    }

    /// Lists the directory; throws where nothing of it can be read.
    mutating func run(_ directory: File, at path: [FileName]) throws(FilesError) {
        var stack = [Pending(path: path, directory: directory, listing: nil)]
        var isTop = true
        while let next = stack.popLast() {
            guard seen.insert(next.directory.number).inserted else {
                damage(next.path, "the directory was met before, so the tree leads in a circle")
                continue
            }
            let result = next.listing ?? Self.read(next.directory, report)
            switch result {
            case .success(let listing):
                let below = show(listing, next)
                if report.options.isRecursive { push(below, onto: &stack) }
            case .failure(let error):
                if isTop { throw error.at(Filesystem.text(path)) }
                damage(next.path, "\(error)")
            }
            isTop = false
        }
    }

    private static func read(
        _ directory: File, _ report: ListReport
    ) -> Result<DirectoryListing, FilesError> {
        Result { () throws(FilesError) in
            try DirectoryListing(
                of: directory,
                withAttributes: report.options.needsAttributes(isJSON: report.isJSON),
                report.workers)
        }
    }

    /// Prints a directory and returns the directories in it.
    private mutating func show(_ listing: DirectoryListing, _ here: Pending) -> [Pending] {
        for problem in listing.problems { damage(here.path, problem.what) }
        var files = listing.entries
        sort(&files)
        if report.isJSON {
            for file in files {
                report.printRecord(of: file, here.path + [file.entry.name], dataset)
            }
        } else {
            if isTitled {
                if !isFirst { report.output.line("") }
                report.output.line("\(dataset):\(Filesystem.text(here.path)):".printable)
            }
            var rows = files.map { (name: $0.entry.name, listed: $0) }
            if report.options.showsDots { rows = dots(here) + rows }
            report.printLines(rows)
        }
        isFirst = false
        for file in files {
            if case .failure(let error) = file.file {
                damage(here.path + [file.entry.name], "\(error)")
            }
        }
        guard report.options.isRecursive else { return [] }
        return directories(in: files, here)
    }

    private mutating func directories(in files: [ListedFile], _ here: Pending) -> [Pending] {
        var below: [Pending] = []
        for file in files where file.kind == .directory {
            let path = here.path + [file.entry.name]
            guard path.count <= ListReport.depthLimit else {
                damage(path, "the tree is deeper than any path can be")
                continue
            }
            if let directory = file.readable {
                below.append(Pending(path: path, directory: directory, listing: nil))
                continue
            }
            // A listing that failed was told of above.
            guard file.file == nil else { continue }
            do throws(FilesError) {
                let directory = try here.directory.sibling(file.entry.object)
                below.append(Pending(path: path, directory: directory, listing: nil))
            } catch {
                damage(path, "\(error)")
            }
        }
        return below
    }

    /// Puts directories on the stack, the first on top, after reading the first few of them at once.
    private func push(_ below: [Pending], onto stack: inout [Pending]) {
        var count = 0
        var entries: UInt64 = 0
        for pending in below {
            let size = pending.directory.attributes.size
            guard count < 64, size < Self.aheadLimit, entries < Self.aheadLimit - size else {
                break
            }
            entries += size
            count += 1
        }
        guard count > 1, report.workers.threadCount > 1 else {
            stack += below.reversed()
            return
        }
        let report = report
        let needs = report.options.needsAttributes(isJSON: report.isJSON)
        let directories = below.prefix(count).map(\.directory)
        let read = report.workers.map(below: count) { index in
            Result { () throws(FilesError) in
                try DirectoryListing(
                    of: directories[index], withAttributes: needs, .init(threadCount: 1))
            }
        }
        let ready = zip(below, read).map { pending, listing in
            Pending(path: pending.path, directory: pending.directory, listing: listing)
        }
        stack += (ready + below.dropFirst(count)).reversed()
    }

    private func sort(_ files: inout [ListedFile]) {
        switch report.options.order {
        case .name: break
        case .time:
            files.sort { left, right in
                let (a, b) = (left.modificationTime, right.modificationTime)
                return (a.seconds, a.nanoseconds) > (b.seconds, b.nanoseconds)
            }
        case .size:
            files.sort {
                ($0.readable?.attributes.size ?? 0) > ($1.readable?.attributes.size ?? 0)
            }
        }
        if report.options.isReversed { files.reverse() }
    }

    /// The entries `.` and `..`, which no directory stores.
    private func dots(_ here: Pending) -> [(name: FileName, listed: ListedFile)] {
        func entry(_ name: String, _ file: File) -> (name: FileName, listed: ListedFile) {
            let entry = DirectoryEntry(
                name: FileName(name), object: file.number, kind: .directory)
            return (entry.name, ListedFile(entry, .success(file)))
        }
        var rows = [entry(".", here.directory)]
        if let parent = try? here.directory.sibling(here.directory.attributes.parent) {
            rows.append(entry("..", parent))
        }
        return rows
    }

    private func damage(_ path: [FileName], _ cause: String) {
        report.pool.notes.damage(
            "\(dataset):\(Filesystem.text(path))", cause, code: .fileUnreadable)
    }
}

extension ListedFile {
    fileprivate var modificationTime: FileTime {
        readable?.attributes.modificationTime ?? FileTime(seconds: .min, nanoseconds: 0)
    }
}
