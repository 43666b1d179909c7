/// A directory's entry, with the file that it leads to where that was asked for.
///
/// A class, since listings are sorted and handed on, and to copy a file's many parts costs more than to read
/// them.
package final class ListedFile: Sendable {
    package let entry: DirectoryEntry
    /// Nil where no attributes were asked for.
    package let file: Result<File, FilesError>?

    package init(_ entry: DirectoryEntry, _ file: Result<File, FilesError>? = nil) {
        self.entry = entry
        self.file = file
    }

    /// What the file is: by its mode, or else by the entry.
    package var kind: FileKind {
        if case .success(let file) = file { return file.kind }
        return entry.kind
    }

    /// The file, where it was asked for and could be read.
    package var readable: File? {
        if case .success(let file) = file { file } else { nil }
    }
}
