import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// A file system while it is put right: entries of directories, attributes, the queue of files to be freed.
///
/// What follows from the entries is set at the end: the sizes and link counts of directories that were changed, and the link
/// counts of files that gained or lost names.
struct FilesystemDraft {
    /// One change of a directory.
    enum EntryChange {
        case remove([UInt8])
        case set([UInt8], UInt64)
        case rename([UInt8], [UInt8])
    }

    var set: ObjectSetDraft
    let filesystem: Filesystem
    let txg: TransactionGroup
    /// In seconds since 1970, for what is made new.
    private var changes: [UInt64: [EntryChange]] = [:]
    /// Directories whose own numbers are to be set, whether entries change or not.
    private var recounted: Set<UInt64> = []
    private var lostAndFound: UInt64?

    init(_ set: ObjectSetDraft, _ filesystem: Filesystem, txg: TransactionGroup) {
        self.set = set
        self.filesystem = filesystem
        self.txg = txg
    }

    mutating func change(_ directory: UInt64, _ change: EntryChange) {
        changes[directory, default: []].append(change)
        recounted.insert(directory)
    }

    /// Sets the size and the links of a directory to what its entries say.
    mutating func recount(_ directory: UInt64) { recounted.insert(directory) }

    /// Sets a word of an attribute; throws where the object has no such attribute.
    mutating func setAttribute(
        _ name: AttributeName, of number: UInt64, _ value: UInt64, word: Int = 0
    ) throws(RepairError) {
        let tables = filesystem.systemAttributes
        try set.edit(number) { object throws(RepairError) in
            try object.setAttribute(name, value, word: word, tables)
        }
    }

    func attributes(of number: UInt64) throws(RepairError) -> AttributeValues {
        let head = try set.object(number).head()
        return try RepairError.object { () throws(ObjectError) in
            try filesystem.systemAttributes.values(of: head)
        }
    }

    /// Links an object into `lost+found` under its number.
    mutating func rescue(_ number: UInt64) throws(RepairError) {
        let directory = try lostAndFoundDirectory()
        let mode = try attributes(of: number).mode ?? 0
        let kind = FileKind(mode: mode)
        change(directory, .set(Self.name(of: number), UInt64(kind.rawValue) << 60 | number))
        try setAttribute(.parent, of: number, directory)
        if kind == .directory {
            recount(number)
        } else {
            try setAttribute(.links, of: number, 1)
        }
    }

    /// `#59`.
    private static func name(of number: UInt64) -> [UInt8] { [UInt8]("#\(number)".utf8) }

    /// Adds to or takes from the queue of files to be freed, whose keys are numbers in hexadecimal (`zap_add_int`).
    mutating func queue(_ number: UInt64, isWaiting: Bool) throws(RepairError) {
        try editQueue { map throws(RepairError) in
            let key = [UInt8](String(number, radix: 16).utf8)
            if isWaiting {
                try map.set(.name(key), ZAPValue(word: number))
            } else {
                map.remove { $0.key == .name(key) }
            }
        }
    }

    mutating func unqueue(_ key: String) throws(RepairError) {
        try editQueue { map throws(RepairError) in map.remove(key) }
    }

    private mutating func editQueue(
        _ change: (inout ZAPContents) throws(RepairError) -> Void
    ) throws(RepairError) {
        guard let number = filesystem.deleteQueueObject else {
            throw .unsupported("the file system has no queue of files to be freed")
        }
        try set.edit(number) { object throws(RepairError) in
            try object.editZAP(salvaging: true) { map throws(RepairError) in try change(&map) }
        }
    }

    /// Carries out the changes of directories, and sets what follows from them.
    mutating func finish() throws(RepairError) {
        for (directory, own) in changes.sorted(by: { $0.key < $1.key }) {
            try set.edit(directory) { object throws(RepairError) in
                try object.editZAP(salvaging: true) { map throws(RepairError) in
                    for change in own { try Self.apply(change, to: &map) }
                }
            }
        }
        for directory in recounted.sorted() { try settle(directory) }
    }

    private static func apply(_ change: EntryChange, to map: inout ZAPContents) throws(RepairError)
    {
        switch change {
        case .remove(let name): map.remove { $0.key == .name(name) }
        case .set(let name, let word): try map.set(.name(name), ZAPValue(word: word))
        case .rename(let old, let new):
            guard let entry = map.entry(old) else { return }
            map.remove { $0.key == .name(old) }
            try map.set(.name(new), entry.value)
        }
    }

    private mutating func settle(_ directory: UInt64) throws(RepairError) {
        let entries = try ZAPContents(try set.object(directory)).entries
        let subdirectories = entries.count { entry in
            guard let word = entry.value.uint64 else { return false }
            let kind = FileKind(rawValue: UInt8(truncatingIfNeeded: word >> 60))
            guard kind == .unknown else { return kind == .directory }
            return (try? set.object(word & 0xffff_ffff_ffff).decoded().type) == .directory
        }
        try setAttribute(.size, of: directory, UInt64(entries.count) + 2)
        try setAttribute(.links, of: directory, UInt64(subdirectories) + 2)
    }
}

extension FilesystemDraft {
    /// The directory for what lost its name; made where the root has none, as a directory of the file system's own form.
    private mutating func lostAndFoundDirectory() throws(RepairError) -> UInt64 {
        if let lostAndFound { return lostAndFound }
        let name = [UInt8]("lost+found".utf8)
        let root = try ZAPContents(try set.object(filesystem.root))
        if let word = root.entry(name)?.value.uint64 {
            let number = word & 0xffff_ffff_ffff
            if (try? set.object(number).decoded().type) == .directory {
                lostAndFound = number
                return number
            }
            throw .unsupported("there is something called lost+found that is no directory")
        }
        let number = try makeDirectory(like: try template(), normalization: root.builder)
        change(filesystem.root, .set(name, UInt64(FileKind.directory.rawValue) << 60 | number))
        recount(number)
        lostAndFound = number
        return number
    }

    /// A directory whose attributes are those that every directory has and no others.
    private func template() throws(RepairError) -> ObjectDraft {
        struct Found: Error { let number: UInt64 }
        var looked = 0
        do throws(Found) {
            try set.set.forEachDnode { visit throws(Found) in
                guard case .object(let object) = visit, object.type == .directory else { return }
                looked += 1
                guard object.dnode.spillPointer == nil,
                    let values = try? filesystem.systemAttributes.values(of: object),
                    values.problems.isEmpty, values.mode.map({ FileKind(mode: $0) }) == .directory,
                    values.extendedAttributes ?? 0 == 0, values.packedExtendedAttributes == nil,
                    values.scanStamp == nil, (values.flags ?? 0) & 1 == 0
                else {
                    if looked > Self.mostLookedAt { throw Found(number: filesystem.root) }
                    return
                }
                throw Found(number: object.number)
            }
        } catch {
            return try set.object(error.number)
        }
        throw .unsupported("the file system has no directory that lost+found could be made like")
    }

    private static let mostLookedAt = 4096

    private mutating func makeDirectory(
        like model: ObjectDraft, normalization root: ZAPBuilder
    ) throws(RepairError) -> UInt64 {
        let dnode = try model.decoded()
        let number = try set.add(
            type: .directory, blockSize: 512, indirectBlockShift: 17, bonusType: dnode.bonusType,
            bonus: dnode.bonus)
        let builder = ZAPBuilder(
            salt: (txg.rawValue &* 0x9e37_79b9_7f4a_7c15) ^ (number << 1) | 1, flags: [],
            normalization: root.normalization, order: set.order)
        let block = try RepairError.format(of: number) { () throws(FormatError) in
            try builder.micro([], size: 512)
        }
        guard let block else { throw .unsupported("an empty directory can't be made") }
        let counted: Dnode.Flags = [.usedBytes, .userUsedAccounted, .userObjectUsedAccounted]
        try set.edit(number) { object throws(RepairError) in
            try object.setBlock(0, block)
            try object.set(Dnode.Layout.flags, dnode.flags.intersection(counted).rawValue)
        }
        let values = try attributes(of: number)
        let mode = (values.mode ?? 0) & 0o777 | 0o040000
        for (name, value) in [
            (AttributeName.mode, mode), (.size, 2), (.generation, txg.rawValue), (.user, 0),
            (.group, 0), (.parent, filesystem.root), (.links, 2),
        ] {
            try setAttribute(name, of: number, value)
        }
        return number
    }
}
