package import Devices
package import Objects

/// A directory's entries by name, with the attributes of their files where those are wanted.
///
/// The attributes of neighbours in a block of dnodes are read one after another, and several such runs at
/// once, so that a big directory costs each block one read whatever the order of names.
package struct DirectoryListing: Sendable {
    /// How many attributes one thread reads before it takes the next run.
    private static let runLength = 512

    package let entries: [ListedFile]
    /// What is wrong with the directory, though these entries could be read.
    package let problems: [ZAPProblem]

    /// Reads the directory; throws where it is none or nothing of it can be read.
    ///
    /// Entries that do not tell what they lead to, as those of early versions, get their attributes always.
    package init(
        of directory: File, withAttributes: Bool, _ workers: WorkerPool
    ) throws(FilesError) {
        let (entries, problems) = try directory.directory().contents()
        self.problems = problems
        let filesystem = directory.filesystem
        let wanted = entries.indices.filter { withAttributes || entries[$0].kind == .unknown }
        guard !wanted.isEmpty else {
            self.entries = entries.map { ListedFile($0) }
            return
        }
        let inOrder = wanted.sorted { entries[$0].object < entries[$1].object }
        let runs = (inOrder.count + Self.runLength - 1) / Self.runLength
        let read = workers.map(below: runs) { run in
            let start = run * Self.runLength
            return inOrder[start..<min(start + Self.runLength, inOrder.count)].map { index in
                let number = entries[index].object
                return Result { () throws(FilesError) in try filesystem.file(number) }
            }
        }
        var listed = entries.map { ListedFile($0) }
        for (index, file) in zip(inOrder, read.joined()) {
            listed[index] = ListedFile(entries[index], file)
        }
        self.entries = listed
    }
}
