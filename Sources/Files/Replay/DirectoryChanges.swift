/// What a log changes in a directory.
struct DirectoryChanges: Sendable {
    /// The directory itself is made by the log.
    var isNew = false
    /// The entries that were put in, and nil for those that were taken out.
    var entries: [FileName: DirectoryEntry?] = [:]
}
