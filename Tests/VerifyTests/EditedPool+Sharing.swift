import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// Damage to dedup tables and block reference tables.
extension EditedPool {
    func dedupDirectory() throws -> UInt64 {
        try #require(try open().directory.object(named: "DDT-sha256"))
    }

    func dedupLog(_ number: Int) throws -> UInt64 {
        let table = try #require(try open().dedupTables().first)
        return table.logs[number].object.number
    }

    /// The table of vdev 0.
    func cloneTable() throws -> BlockReferences {
        try #require(try open().blockReferences().vdevs.first)
    }

    /// Changes the last record of a log, or the last whose key no other record has, or the last with a key; returns the entry as
    /// it was.
    @discardableResult
    func editLastRecord(
        ofLog log: UInt64, isOnly: Bool = false, of key: DedupKey? = nil,
        _ change: (inout [UInt8]) throws -> Void
    ) throws -> DedupEntry {
        let object = try editor.object(log)
        var all: [(record: DedupLogRecord, index: UInt64, start: Int)] = []
        for index in 0...object.dnode.maximumBlockID {
            let block = try object.block(index)
            var start = 0
            for record in try DedupLogRecord.records(in: block.rawBytes, .little, isFlat: true) {
                all.append((record, index, start))
                start += record.byteCount
            }
        }
        let counts = Dictionary(grouping: all, by: \.record.entry.key).mapValues(\.count)
        let own = try #require(
            all.last { found in
                let own = found.record.entry.key
                return (!isOnly || counts[own] == 1) && (key ?? own) == own
            })
        try editor.edit(.block(.meta, object: log, index: own.index)) { bytes in
            let range = own.start..<own.start + own.record.byteCount
            var record = [UInt8](bytes[range])
            try change(&record)
            bytes.replaceSubrange(range, with: record)
        }
        return own.record.entry
    }

    /// Gives an entry of a fat ZAP, which holds one word, another value.
    func setFatEntry(_ name: String, of zap: UInt64, _ value: UInt64) throws {
        let entry = try #require(
            try open().meta.zap(zap).contents().entries.first { $0.name == name })
        try editFatValue(entry, of: zap) { _ in
            (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - $0 * 8)) }
        }
    }

    /// Changes how many references the first entry of a table counts; returns its block's place.
    func editFirstClone(
        of table: BlockReferences, _ change: (UInt8) -> UInt8
    ) throws -> UInt64 {
        let zap = table.header.entries
        let entry = try #require(try open().meta.zap(zap).contents().entries.first)
        try editFatValue(entry, of: zap) { bytes in
            var bytes = bytes
            let low = entry.integerSize == 8 ? 7 : 0
            bytes[low] = change(bytes[low])
            return bytes
        }
        guard case .words(let words) = entry.key else { throw Failure(description: "no key") }
        return words[0]
    }

    /// Changes the first 8 bytes of a value that stands in a leaf.
    private func editFatValue(
        _ entry: ZAPEntry, of zap: UInt64, _ change: ([UInt8]) -> [UInt8]
    ) throws {
        try editor.edit(.block(.meta, object: zap, index: entry.block)) { bytes in
            // The header, the hash table of two bytes for each 32 of the block, then the chunks.
            let chunks = ZAPLeaf.Layout.headerSize + bytes.count / 32 * 2
            let own = chunks + entry.chunk * ZAPLeaf.Layout.chunkSize
            let value: UInt16 = try Field("le_value_chunk", at: own + 8).read(
                bytes.rawBytes, .little)
            let start = chunks + Int(value) * ZAPLeaf.Layout.chunkSize + 1
            bytes.replaceSubrange(
                start..<start + 8, with: change([UInt8](bytes[start..<start + 8])))
        }
    }
}

extension EditedPool {
    /// Takes the one pointer away that leads to a block of a dataset's files, as where it was just freed: the log's entry counts
    /// no reference, and the block goes when the log is flushed.
    func freeLoggedBlock(of name: String) throws {
        let table = try #require(try open().dedupTables().first)
        let logged = table.logged()
        let head = try dataset(name).object
        var found: (place: EditPlace, key: DedupKey)?
        try editor.objectSet(.dataset(head)).forEachDnode { visit throws(ObjectError) in
            guard found == nil, case .object(let object) = visit, object.type == .plainFile else {
                return
            }
            for index in 0..<object.blockCount {
                let pointer = try object.tree.pointer(level: 0, index: index)
                let key = DedupKey(pointer)
                guard pointer.isDeduplicated, logged[key]?.entry.references == 1 else { continue }
                found = (.block(.dataset(head), object: object.number, index: index), key)
                return
            }
        }
        let block = try #require(found)
        try editor.editPointer(to: block.place) { $0 = .hole }
        let log = try #require(logged[block.key]).log
        try editLastRecord(ofLog: log, of: block.key) { $0[8 + 40 + 48] = 0 }
    }
}

extension EditedPool {
    /// The first block of a dataset's files that is shared by dedup.
    func deduplicatedBlock(of name: String) throws -> EditedBlock {
        let own = try dataset(name).object
        let set = try editor.objectSet(.dataset(own))
        var found: (object: UInt64, index: UInt64)?
        set.forEachDnode { visit in
            guard found == nil, case .object(let object) = visit else { return }
            object.forEachBlockPointer { step in
                guard found == nil, case .pointer(let pointer, level: 0, let index) = step,
                    pointer.isDeduplicated
                else { return }
                found = (object.number, index)
            }
        }
        let place = try #require(found)
        return try block(own, place.object, place.index)
    }
}
