package import Objects

/// A directory of a file system: names and the objects they stand for.
///
/// Names longer than 255 bytes are entries like others. Damage inside is collected, not thrown.
package struct Directory: Sendable {
    /// Nil for a directory that only a log tells of.
    package let zap: ZAP?
    private let matcher: NameMatcher
    private let changes: DirectoryChanges?

    package init(_ object: DMUObject, matcher: NameMatcher) throws(ObjectError) {
        try self.init(object, matcher: matcher, changes: nil)
    }

    /// The directory as it is after the changes that a log makes.
    init(
        _ object: DMUObject, matcher: NameMatcher, changes: DirectoryChanges?
    ) throws(ObjectError) {
        zap = changes?.isNew == true ? nil : try ZAP(object)
        self.matcher = matcher
        self.changes = changes
    }

    /// Gives every entry to `body` in the order in which they are stored, and returns what is wrong with
    /// the ZAP; entries that are no directory entries are passed over.
    @discardableResult
    package func forEachEntry<Failure: Error>(
        _ body: (DirectoryEntry) throws(Failure) -> Void
    ) throws(Failure) -> [ZAPProblem] {
        let problems = try zap?.forEachEntry { entry throws(Failure) in
            guard let entry = DirectoryEntry(entry), changes?.entries[entry.name] == nil else {
                return
            }
            try body(entry)
        }
        for entry in changes?.entries.values.compactMap(\.self) ?? [] { try body(entry) }
        return problems ?? []
    }

    /// All entries by name, and what is wrong with the directory.
    package func contents() -> (entries: [DirectoryEntry], problems: [ZAPProblem]) {
        var entries: [DirectoryEntry] = []
        let problems = forEachEntry { entries.append($0) }
        return (entries.sorted { $0.name < $1.name }, problems)
    }

    /// The entry that the file system would find under that name, nil where there is none.
    ///
    /// An entry of exactly these bytes is preferred; else names are compared as the file system does.
    package func lookup(_ name: FileName) throws(ObjectError) -> DirectoryEntry? {
        if let changed = changes?.entries[name] {
            if let changed { return changed }
        } else if let exact = try zap?.lookup(.name(name.bytes)),
            let entry = DirectoryEntry(exact)
        {
            return entry
        }
        guard !matcher.isExact, let key = matcher.key(name) else { return nil }
        return first { matcher.key($0.name) == key }
    }

    /// The entries that stand for the object: several where it has hard links here.
    package func names(of object: UInt64) -> [FileName] {
        var names: [FileName] = []
        forEachEntry { if $0.object == object { names.append($0.name) } }
        return names
    }

    private func first(where matches: (DirectoryEntry) -> Bool) -> DirectoryEntry? {
        struct Found: Error { let entry: DirectoryEntry }
        do throws(Found) {
            try forEachEntry { entry throws(Found) in
                if matches(entry) { throw Found(entry: entry) }
            }
            return nil
        } catch {
            return error.entry
        }
    }
}
