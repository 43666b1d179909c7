import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Damage to directories, datasets and lists of block pointers.
extension EditedPool {
    func dataset(_ name: String) throws -> Dataset {
        try #require(try open().datasets().dataset(named: name))
    }

    func node(_ name: String) throws -> DatasetNode {
        try #require(try open().datasets().node(named: name))
    }

    /// Gives a field of an object's bonus another value.
    func set(_ field: Field<UInt64>, of object: UInt64, _ value: UInt64) throws {
        let order = try editor.object(object).order
        try editor.editBonus(of: object) { try field.write(value, into: &$0, order) }
    }

    /// Adds to a field of an object's bonus.
    func add(_ delta: UInt64, to field: Field<UInt64>, of object: UInt64) throws {
        let own = try editor.object(object)
        try set(field, of: object, try field.read(own.bonus.rawBytes, own.order) &+ delta)
    }

    /// Changes the place of a micro ZAP's entry: value, padding and name in 64 bytes.
    func editEntry(_ name: String, of zap: UInt64, _ change: (inout [UInt8]) throws -> Void) throws
    {
        try editor.edit(.block(.meta, object: zap)) { bytes in
            let place = try #require(
                stride(from: 64, to: bytes.count, by: 64).first { place in
                    let stored = bytes[place + 14..<place + 64].prefix { $0 != 0 }
                    return String(decoding: stored, as: UTF8.self) == name
                })
            var entry = [UInt8](bytes[place..<place + 64])
            try change(&entry)
            bytes.replaceSubrange(place..<place + 64, with: entry)
        }
    }

    func removeEntry(_ name: String, of zap: UInt64) throws {
        try editEntry(name, of: zap) { $0 = [UInt8](repeating: 0, count: 64) }
    }

    func renameEntry(_ name: String, of zap: UInt64, to new: String) throws {
        try editEntry(name, of: zap) { entry in
            entry.replaceSubrange(14..., with: [UInt8](repeating: 0, count: 50))
            entry.replaceSubrange(14..<14 + new.utf8.count, with: new.utf8)
        }
    }

    /// The first list of block pointers of a deadlist that holds any, with its key.
    func list(ofDeadlist object: UInt64) throws -> (key: String, list: BlockPointerList) {
        let pool = try open()
        for entry in try pool.meta.entries(of: object, "deadlist") {
            let list = try pool.meta.pointerList(try #require(entry.uint64))
            if list.header.count > 0 { return (entry.name, list) }
        }
        throw Failure(description: "the deadlist is empty")
    }

    func entry(_ index: Int, of list: BlockPointerList) throws -> BlockPointer {
        var found: BlockPointer?
        var position = 0
        list.forEachOwnPointer { step in
            if case .pointer(let pointer, _, _) = step {
                if position == index { found = pointer }
                position += 1
            }
        }
        return try #require(found)
    }

    /// Gives the first entry of a list the address and birth of a block that its dataset shares with the snapshot before;
    /// returns the address.
    func swap(_ list: BlockPointerList, with dataset: Dataset) throws -> DVA {
        let first = try entry(0, of: list)
        let object = try editor.object(1, in: .dataset(dataset.object))
        var shared: BlockPointer?
        object.forEachBlockPointer { step in
            guard case .pointer(let pointer, level: 0, _) = step, !pointer.isEmbedded,
                pointer.dva(0).allocatedSize == first.dva(0).allocatedSize,
                pointer.properties == first.properties,
                pointer.birth <= dataset.stored.previousSnapshotTxg
            else { return }
            shared = pointer
        }
        let victim = try #require(shared)
        for word in [0, 1, 2, 3, 4, 5, 9, 10] {
            try setPointerWord(
                word, ofEntry: 0, of: list.object.number, victim.words[word])
        }
        return victim.dva(0)
    }

    /// The first block of level 0 of an object that a dataset shares with the snapshot before, and whose pointer stands in a
    /// block of its own.
    func sharedBlock(_ number: UInt64, of dataset: Dataset) throws -> EditedBlock {
        let floor = dataset.stored.previousSnapshotTxg
        let set = try editor.objectSet(.dataset(dataset.object))
        let object = try set.object(number)
        var found: UInt64?
        for index in 0...object.dnode.maximumBlockID where found == nil {
            let pointer = try object.tree.pointer(level: 0, index: index)
            let above =
                object.dnode.levels > 1
                ? try object.tree.pointer(
                    level: 1, index: index >> UInt64(object.dnode.pointersPerBlockShift))
                : try set.metaObject.tree.pointer(
                    level: 0, index: number / UInt64(set.dnodesPerBlock))
            if !pointer.isHole, !pointer.isEmbedded, pointer.birth <= floor, above.birth > floor {
                found = index
            }
        }
        return try block(dataset.object, number, try #require(found))
    }

    /// Spoils the checksum in the pointer to a block of a snapshot, and of a dataset that shares the block of pointers above it.
    func damageShared(_ block: EditedBlock, with head: UInt64) throws {
        try editor.editPointer(to: block.place) { $0.words[15] ^= 1 }
        let above = try self.block(block.objectSet, block.object, level: 1)
        let other = try self.block(head, block.object, level: 1)
        #expect(above.address == other.address)
        try editor.editPointer(to: other.place) { $0 = above.pointer }
    }

    /// A word of a list's entry.
    func setPointerWord(_ word: Int, ofEntry index: Int, of list: UInt64, _ value: UInt64) throws {
        try editor.edit(.block(.meta, object: list)) { bytes in
            try Field<UInt64>("blkptr_t", at: index * BlockPointer.byteCount + word * 8)
                .write(value, into: &bytes, .little)
        }
    }
}

extension Found {
    /// Something about an object of the MOS that belongs to a dataset.
    init(_ kind: ProblemKind, _ object: UInt64, _ dataset: String? = nil, key: String? = nil) {
        self.init(kind) { location in
            location.objectSet = 0
            location.object = object
            location.dataset = dataset
            location.key = key
        }
    }
}
