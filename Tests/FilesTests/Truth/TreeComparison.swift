import Bytes
import Codecs
import Files
import Foundation
import Testing

/// Walks a file system from its root and holds every file against what was recorded of it.
struct TreeComparison {
    /// Contents of longer files are compared only where all pools are given, to keep the usual run short.
    static let usualContentLimit: UInt64 = 4 << 20

    let filesystem: Filesystem
    let name: String
    /// The view is that after a replay, which gives times of its own and allocates blocks that a view does not.
    var isReplayed = false
    private var missing: [String: RecordedFile]
    private let contentLimit: UInt64
    private let showsSnapshots: Bool
    private(set) var compared = 0

    init(_ filesystem: Filesystem, _ name: String, _ recorded: [String: RecordedFile]) {
        self.filesystem = filesystem
        self.name = name
        // The directory `.zfs` is made up by the kernel where the property snapdir is `visible`.
        missing = recorded.filter { $0.key != ".zfs" && !$0.key.hasPrefix(".zfs/") }
        showsSnapshots = missing.count < recorded.count
        let all = ProcessInfo.processInfo.environment["ZINSPECT_POOLS"] != nil
        contentLimit = all ? .max : Self.usualContentLimit
    }

    mutating func run() throws {
        try visit(try filesystem.file(filesystem.root), ".")
        #expect(missing.isEmpty, "\(name): not found: \(missing.keys.sorted().prefix(5))")
    }

    private mutating func visit(_ file: File, _ path: String) throws {
        guard let recorded = missing.removeValue(forKey: path) else {
            // The writers of some pools recorded regular files only.
            let isDirectory = file.kind == .directory
            #expect(
                isDirectory || compared == 0 || file.kind != .regular,
                "\(name): not recorded: \(path)")
            if isDirectory { try visitEntries(file, path) }
            return
        }
        compared += 1
        try compare(file, recorded, "\(name): \(path)")
        if file.kind == .directory { try visitEntries(file, path) }
    }

    private mutating func visitEntries(_ file: File, _ path: String) throws {
        let (entries, problems) = try file.directory().contents()
        #expect(problems.isEmpty, "\(name): \(path): \(problems)")
        for entry in entries {
            let below = path == "." ? "\(entry.name)" : "\(path)/\(entry.name)"
            let child: File
            do {
                child = try filesystem.file(entry.object)
            } catch {
                Issue.record("\(name): \(below): \(error)")
                continue
            }
            #expect(
                entry.kind == child.kind || entry.kind == .unknown,
                "\(name): \(below): the entry says \(entry.kind)")
            try visit(child, below)
        }
    }

    private func compare(_ file: File, _ recorded: RecordedFile, _ place: String) throws {
        let attributes = file.attributes
        #expect(attributes.problems.isEmpty, "\(place): \(attributes.problems)")
        func same<Value: Equatable>(_ found: Value, _ expected: Value?, _ what: String) {
            guard let expected, found != expected else { return }
            Issue.record("\(place): \(what) is \(found), recorded was \(expected)")
        }
        same(String(attributes.mode & 0o177777, radix: 8), recorded.mode, "mode")
        same(attributes.user.rawValue, recorded.uid, "uid")
        same(attributes.group.rawValue, recorded.gid, "gid")
        let isRoot = file.number == filesystem.root
        same(attributes.links + (isRoot && showsSnapshots ? 1 : 0), recorded.nlink, "nlink")
        // The root of a snapshot gets a number of its own where it is mounted below `.zfs`.
        if !isRoot || !name.contains("@") { same(file.number, recorded.ino, "ino") }
        same(attributes.size, recorded.size, "size")
        if !isReplayed || file.kind != .directory {
            same(attributes.modificationTime.totalNanoseconds ?? .min, recorded.mtime, "mtime")
        }
        if !isReplayed {
            // Linux replays a change of the access time without its time.
            same(attributes.accessTime.totalNanoseconds ?? .min, recorded.atime, "atime")
            same(attributes.changeTime.totalNanoseconds ?? .min, recorded.ctime, "ctime")
        }
        if recorded.error == nil, !isReplayed { same(file.sectors, recorded.blocks, "blocks") }
        if let target = recorded.target {
            same(FileName(try file.symlinkTarget()).description, target, "target")
        }
        if let rdev = recorded.rdev {
            same([attributes.device.major, attributes.device.minor], rdev, "rdev")
        }
        compareExtendedAttributes(file, recorded, place)
        try compareContents(file, recorded, place)
    }

    private func compareExtendedAttributes(
        _ file: File, _ recorded: RecordedFile, _ place: String
    ) {
        guard recorded.mode != nil, file.kind != .symlink else { return }
        let found = ExtendedAttributes(of: file)
        #expect(found.problems.isEmpty, "\(place): \(found.problems)")
        let shown = Dictionary(
            found.list.map { ($0.name.description, Data($0.value).base64EncodedString()) },
            uniquingKeysWith: { first, _ in first })
        #expect(shown == recorded.xattr ?? [:], "\(place): extended attributes differ")
    }

    private func compareContents(
        _ file: File, _ recorded: RecordedFile, _ place: String
    ) throws {
        guard let digest = recorded.sha256, file.attributes.size <= contentLimit else { return }
        let bytes: [UInt8]
        do {
            bytes = try file.contents.read(at: 0, count: Int(file.attributes.size))
        } catch {
            Issue.record("\(place): \(error)")
            return
        }
        let checksum = try ChecksumAlgorithm.sha256.compute(bytes.rawBytes, .little, salt: nil)
        let found = checksum.description.replacing(":", with: "")
        if found != digest { Issue.record("\(place): the contents differ") }
    }
}
