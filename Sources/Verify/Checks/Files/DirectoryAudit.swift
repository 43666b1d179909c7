import Bytes
import Datasets
import Files
import Objects

/// The check of one directory: each entry, then how many there are.
struct DirectoryAudit {
    private let audit: FilesystemAudit
    private let table: ObjectTable
    private let directory: UInt64
    private let hasLongNames: Bool
    private(set) var entryCount: UInt64 = 0
    private var subdirectoryCount: UInt64 = 0
    /// Names in the form in which the file system compares them, where that is not as stored.
    private var names: NameTwins

    init(_ audit: FilesystemAudit, _ table: ObjectTable, _ directory: UInt64) {
        self.audit = audit
        self.table = table
        self.directory = directory
        names = NameTwins(audit.memory)
        hasLongNames = audit.dataset.fields.features.contains { $0.name == "longname" }
    }

    mutating func take(_ stored: ZAPEntry) {
        entryCount += 1
        guard case .name(let bytes) = stored.key, let word = stored.uint64,
            stored.integerSize == 8
        else {
            report(
                .entryToWrongObject, directory, FileName(stored.name),
                ["cause": "the value is not one number"])
            return
        }
        let entry = DirectoryEntry(name: FileName(bytes), word: word)
        check(entry.name)
        guard word & Self.unusedBits == 0 else {
            report(
                .entryToWrongObject, directory, entry.name,
                ["value": .word(word), "cause": "bits are set that stand for nothing"])
            return
        }
        let target = table.update(entry.object) { [directory] target in
            guard target.has(.exists) else { return }
            target.names &+= 1
            if target.parent == directory { target.state.insert(.isInParent) }
        }
        check(entry, target)
    }

    /// Bits between the object's number and its kind (`ZFS_DIRENT_OBJ`, `ZFS_DIRENT_TYPE`).
    private static let unusedBits: UInt64 = 0x0fff_0000_0000_0000

    private mutating func check(_ entry: DirectoryEntry, _ target: ObjectEntry) {
        let kind = FileKind(rawValue: target.kind)
        guard target.has(.exists) else {
            if entry.kind == .directory { subdirectoryCount += 1 }
            guard !audit.gather({ $0.unreadable.contains(entry.object) }) else { return }
            report(.entryToFreeObject, entry.object, entry.name, ["directory": .number(directory)])
            return
        }
        guard target.has(.isFile) else {
            report(
                .entryToWrongObject, entry.object, entry.name,
                ["directory": .number(directory), "cause": "the object is no file"])
            return
        }
        if target.has(.isDirectory) { subdirectoryCount += 1 }
        // Entries of the first version have no kind, and stay as they are in an upgraded file system.
        guard target.has(.isKnown), entry.kind != .unknown, kind != .unknown, entry.kind != kind
        else { return }
        report(
            .entryKind, entry.object, entry.name,
            [
                "directory": .number(directory), "expected": .text(kind.description),
                "found": .text(entry.kind.description),
            ])
    }

    private mutating func check(_ name: FileName) {
        if let flaw = flaw(of: name) {
            report(.fileName, directory, name, ["cause": .text(flaw)])
        } else if let key = key(of: name) {
            names.note(key)
        }
    }

    /// What is wrong with a name by itself.
    private func flaw(of name: FileName) -> String? {
        if !name.isSafe { return "no path can hold such a name" }
        if audit.filesystem.utf8Only, name.text == nil {
            return "it is not UTF-8, and the file system accepts nothing else"
        }
        guard
            name.bytes.count > Self.longest || name.bytes.count > Self.usual && !hasLongNames
        else { return nil }
        return "it has \(name.bytes.count) bytes"
    }

    /// The form in which a name is compared, where that is not as stored.
    private func key(of name: FileName) -> FileName? {
        audit.filesystem.matcher.isExact ? nil : audit.filesystem.matcher.key(name)
    }

    /// Looks for names that count as the same, once all were taken.
    mutating func compareNames(_ zap: ZAP) {
        if names.settle() {
            zap.forEachEntry { entry in
                guard case .name(let bytes) = entry.key, entry.uint64 != nil,
                    entry.integerSize == 8
                else { return }
                let name = FileName(bytes)
                guard flaw(of: name) == nil, let key = key(of: name), names.isTwin(key)
                else { return }
                report(
                    .fileName, directory, name,
                    ["cause": "another name of the directory counts as the same"])
            }
        }
        names.end()
        if !names.isComplete {
            audit.leaveForMemory(
                "which names of directory \(directory) of \(audit.dataset.name) count as the same")
        }
    }

    /// `ZAP_MAXNAMELEN - 1` and, with long names, `ZAP_MAXNAMELEN_NEW - 1` (`include/sys/zap.h`).
    private static let (usual, longest) = (255, 1023)

    /// Compares what the directory says of itself with its entries.
    func judge(_ object: DMUObject, isQueued: Bool) {
        guard table[directory].has(.isKnown),
            let attributes = try? audit.filesystem.attributes(of: object)
        else { return }
        let size = entryCount + 2
        if attributes.size != size {
            audit.report(
                .directorySize, directory, path: audit.path(of: directory),
                ["expected": .number(size), "found": .number(attributes.size)])
        }
        // A directory that waits to be freed has no links left; whoever knows the queue judges that.
        guard !isQueued, attributes.links != subdirectoryCount + 2 else { return }
        audit.report(
            .linkCount, directory, path: audit.path(of: directory),
            ["expected": .number(subdirectoryCount + 2), "found": .number(attributes.links)])
    }

    private func report(
        _ kind: ProblemKind, _ object: UInt64, _ name: FileName,
        _ evidence: KeyValuePairs<String, Record.Value>
    ) {
        audit.report(
            kind, object, path: audit.path(of: name, in: directory), key: name.description,
            evidence)
    }
}
