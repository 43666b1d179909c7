import Objects

/// All that a log changes in a file system, by object number.
struct ReplayedChanges: Sendable {
    /// The attributes of files that were made or changed.
    var files: [UInt64: ObjectAttributes] = [:]
    /// Stand-ins for objects that the log makes and the pool does not have yet.
    var objects: [UInt64: DMUObject] = [:]
    var directories: [UInt64: DirectoryChanges] = [:]
    var contents: [UInt64: FileEdits] = [:]
    /// The values that were set, and nil for those that were removed.
    var extendedAttributes: [UInt64: [FileName: [UInt8]?]] = [:]
}
