import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Dedup tables and block reference tables.
    static let sharing = dedupStores + dedupStatistics + dedupAddresses + dedupLogs + cloneTables

    private static let unique = "DDT-sha256-zap-unique"
    private static let uncounted = ["the reference counts of deduplicated blocks"]

    private static let dedupStores = [
        DamageCase.verify(
            "a store that is not there", [.dedupStore], in: "dedup", unchecked: uncounted,
            consequences: [.objectLeaked, .objectMissing]
        ) { pool in
            try pool.setFatEntry(unique, of: 1, 9999)
            return [place(.dedupStore, "object 9999 of the MOS (\(unique))")]
        },
        .verify(
            "a store of something else", [.dedupEntry], in: "dedup", unchecked: uncounted,
            consequences: [.objectLeaked, .objectTwice]
        ) { pool in
            let other = try pool.node("dedup").directory.childMap
            try pool.setFatEntry(unique, of: 1, other)
            return [place(.dedupEntry, "object \(other) of the MOS (\(unique))")]
        },
        .verify(
            "a store that stands for two",
            [.dedupClass, .dedupTwice, .dedupStatistics, .dedupMissing], in: "dedup",
            consequences: [.objectLeaked, .objectTwice]
        ) { pool in
            let opened = try pool.open()
            let table = try #require(opened.dedupTables().first { "\($0.checksum)" == "sha256" })
            let duplicate = try #require(table.stores.first { $0.storageClass == .duplicate })
            let lost = try #require(table.stores.first { $0.storageClass == .unique })
            try pool.setFatEntry(unique, of: 1, duplicate.object)
            var found: [Found] = []
            try table.forEachEntry(of: duplicate) { entry in
                for kind in [ProblemKind.dedupClass, .dedupTwice] {
                    found.append(Found(kind, duplicate.object, key: name(entry.key)))
                }
            }
            try table.forEachEntry(of: lost) { entry in
                for variant in entry.variants {
                    found.append(
                        Found(.dedupMissing) {
                            $0.vdev = UInt64(variant.dvas[0].vdev)
                            $0.offset = variant.dvas[0].offset
                        })
                }
            }
            let statistics = try #require(opened.directory.object(.dedupStatistics))
            return found + [Found(.dedupStatistics, statistics, key: unique)]
        },
        .verify("an entry of another block's contents", [.dedupEntryMismatch], in: "dedup") {
            pool in
            let opened = try pool.open()
            let table = try #require(opened.dedupTables().first { "\($0.checksum)" == "sha256" })
            let store = try #require(table.stores.first { $0.storageClass == .unique })
            var found: [Found] = []
            try pool.rebuild(store.object) { entries, hash in
                guard case .words(var words) = entries[0].key else { return }
                words[1] ^= 1
                let entry = try DedupEntry(
                    key: DedupKey(words: words), packed: entries[0].value.bytes, isFlat: false)
                found = [
                    logged(
                        .dedupEntryMismatch, entry, store.object, entry.variants[0].dvas[0])
                ]
                entries[0] = ZAPBuilder.Entry(
                    .words(words), entries[0].value, hash: hash.hash(words: words))
            }
            return found
        },
    ]

    private static let dedupStatistics = [
        DamageCase.verify(
            "statistics of dedup that lack a store", [.dedupStatistics], in: "dedup"
        ) { pool in
            let object = try #require(try pool.open().directory.object(.dedupStatistics))
            try pool.rebuild(object) { entries, _ in
                entries.removeAll { $0.key == .name([UInt8](unique.utf8)) }
            }
            return [Found(.dedupStatistics, object, key: unique)]
        }
    ]

    private static let dedupAddresses = [
        DamageCase.verify(
            "a copy that the entry does not know", [.dedupAddresses], in: "dedup",
            consequences: [.dnodeUsed, .dslReferenced, .dslUsed, .dslUnique]
        ) { pool in
            let block = try pool.deduplicatedBlock(of: "dedup/c")
            let free = try pool.metaslab(2).last(64).lowerBound
            let copy = DVA(vdev: 0, offset: free, allocatedSize: block.address.allocatedSize)
            try pool.editor.editPointer(to: block.place) {
                ($0.words[2], $0.words[3]) = (copy.word0, copy.word1)
            }
            return [
                Found(.dedupAddresses) {
                    ($0.vdev, $0.offset) = (UInt64(block.address.vdev), block.address.offset)
                }
            ]
        },
        .verify(
            "a copy that only the pointer knows", [.dedupAddresses], in: "fastdedup",
            consequences: [.dnodeUsed, .dslReferenced, .dslUsed, .dslUnique]
        ) { pool in
            let block = try pool.deduplicatedBlock(of: "fastdedup/a")
            let free = try pool.metaslab(2).last(512).lowerBound
            let copy = DVA(vdev: 0, offset: free, allocatedSize: block.address.allocatedSize)
            let stored = try pool.editor.reader.vdevs.read(
                dva: block.pointer.dva(0), count: block.pointer.physicalSize,
                physicalBirth: block.pointer.physicalBirth
            ) { _ in true }
            try pool.editor.overwrite(copy, with: stored.bytes)
            try pool.editor.editPointer(to: block.place) {
                ($0.words[2], $0.words[3]) = (copy.word0, copy.word1)
            }
            return [
                Found(.dedupAddresses) {
                    ($0.vdev, $0.offset) = (UInt64(block.address.vdev), block.address.offset)
                }
            ]
        },
    ]

    private static let dedupLogs = [
        DamageCase.verify("a table of version 7", [.dedupForm], in: "fastdedup") { pool in
            let directory = try pool.dedupDirectory()
            try pool.setEntry("version", of: directory, 7)
            return [Found(.dedupForm, directory)]
        },
        .verify("a log of version 3", [.dedupLogHeader], in: "fastdedup") { pool in
            let log = try pool.dedupLog(1)
            try pool.add(2, to: DedupLogHeader.Layout.info, of: log)
            return [Found(.dedupLogHeader, log)]
        },
        .verify(
            "a log that is not there", [.dedupLogUnreadable], in: "fastdedup", unchecked: uncounted,
            consequences: [.objectLeaked, .objectMissing]
        ) { pool in
            try pool.setEntry("DDT-log-sha256-1", of: try pool.dedupDirectory(), 9999)
            return [place(.dedupLogUnreadable, "object 9999 of the MOS (DDT-log-sha256-1)")]
        },
        .verify(
            "a record without a length", [.dedupLogRecord], in: "fastdedup", unchecked: uncounted
        ) { pool in
            let log = try pool.dedupLog(0)
            try pool.editLastRecord(ofLog: log) { $0.replaceSubrange(1...2, with: [9, 0]) }
            return [Found(.dedupLogRecord, log)]
        },
        .verify("a count that is too high", [.dedupCount], in: "fastdedup") { pool in
            let log = try pool.dedupLog(0)
            let entry = try pool.editLastRecord(ofLog: log) { $0[8 + 40 + 48] += 1 }
            return [logged(.dedupCount, entry, log, entry.variants[0].dvas[0])]
        },
        .verify("an entry of nothing", [.dedupUnreferenced], in: "fastdedup") { pool in
            let log = try pool.dedupLog(0)
            let address = DVA(vdev: 0, offset: 48 << 20, allocatedSize: 4096)
            let entry = try pool.editLastRecord(ofLog: log) { bytes in
                try Field<UInt64>("dva", at: 48).write(address.word0, into: &bytes, .little)
                try Field<UInt64>("dva", at: 56).write(address.word1, into: &bytes, .little)
            }
            return [logged(.dedupUnreferenced, entry, log, address)]
        },
        .verify(
            "a block that its log is going to free", [], in: "fastdedup",
            consequences: [.fillMismatch, .dnodeUsed, .dslReferenced, .dslUsed, .dslUnique]
        ) { pool in
            try pool.freeLoggedBlock(of: "fastdedup/a")
            return []
        },
        .verify("a record of another block's contents", [.dedupEntryMismatch], in: "fastdedup") {
            pool in
            let log = try pool.dedupLog(0)
            let entry = try pool.editLastRecord(ofLog: log, isOnly: true) { $0[8 + 16] ^= 1 }
            let sum = entry.key.checksum
            let key = DedupKey(
                checksum: Checksum(sum.word0, sum.word1, sum.word2 ^ 1, sum.word3),
                properties: entry.key.properties)
            let spoiled = DedupEntry(key: key, variants: entry.variants)
            return [logged(.dedupEntryMismatch, spoiled, log, entry.variants[0].dvas[0])]
        },
        .verify("a record of another day", [.dedupEntryMismatch], in: "fastdedup") { pool in
            let log = try pool.dedupLog(0)
            let entry = try pool.editLastRecord(ofLog: log, isOnly: true) { $0[8 + 40 + 56] -= 1 }
            return [logged(.dedupEntryMismatch, entry, log, entry.variants[0].dvas[0])]
        },
        .verify("a record of a store that has no such entry", [.dedupClass], in: "fastdedup") {
            pool in
            let log = try pool.dedupLog(0)
            let entry = try pool.editLastRecord(ofLog: log) { ($0[6], $0[7]) = (0, 2) }
            return [Found(.dedupClass, log, key: name(entry.key))]
        },
        .verify("a record with bits that mean nothing", [.dedupLogRecord], in: "fastdedup") {
            pool in
            let log = try pool.dedupLog(0)
            let entry = try pool.editLastRecord(ofLog: log) { $0[3] = 1 }
            return [Found(.dedupLogRecord, log, key: name(entry.key))]
        },
    ]

    private static let cloneTables = [
        DamageCase.verify(
            "a table that is not there", [.cloneTable], in: "brt",
            unchecked: ["leads to further objects"],
            consequences: [.blockClaimedTwice, .objectMissing]
        ) { pool in
            let name = "\(ObjectDirectory.blockReferencesPrefix)0"
            try pool.setFatEntry(name, of: ObjectDirectory.objectNumber, 9999)
            return [place(.cloneTable, name)]
        },
        .verify(
            "a clone of nothing", [.cloneUnreferenced], in: "brt",
            consequences: [.blockClaimedTwice]
        ) { pool in
            let table = try pool.cloneTable()
            let free = try pool.metaslab(0).last(1).lowerBound
            try pool.rebuild(table.header.entries) { entries, hash in
                let first = entries.removeFirst()
                entries.append(
                    ZAPBuilder.Entry(.words([free]), first.value, hash: hash.hash(words: [free])))
            }
            return [cloned(.cloneUnreferenced, table.header.entries) { $0.offset = free }]
        },
        .verify("a table in no byte order", [.cloneHeader], in: "brt") { pool in
            let table = try pool.cloneTable()
            try pool.set(BlockReferencesHeader.Layout.byteOrder, of: table.object, 5)
            return [cloned(.cloneHeader, table.object)]
        },
        .verify("a table that counts an entry more", [.cloneTotals], in: "brt") { pool in
            let table = try pool.cloneTable()
            try pool.add(1, to: BlockReferencesHeader.Layout.totalCount, of: table.object)
            return [cloned(.cloneTotals, table.object)]
        },
        .verify("a table that saves more than it does", [.cloneSpace], in: "brt") { pool in
            let table = try pool.cloneTable()
            try pool.add(512, to: BlockReferencesHeader.Layout.savedSpace, of: table.object)
            return [cloned(.cloneSpace, table.object)]
        },
        .verify("a range without entries", [.cloneRegion], in: "brt") { pool in
            let table = try pool.cloneTable()
            try pool.editor.edit(.block(.meta, object: table.object)) { $0[0...1] = [0, 0] }
            return [
                cloned(.cloneRegion, table.object) { ($0.offset, $0.size) = (0, 16 << 20) }
            ]
        },
        .verify("a clone that counts one more", [.cloneCount], in: "brt") { pool in
            let table = try pool.cloneTable()
            let offset = try pool.editFirstClone(of: table) { $0 + 1 }
            return [cloned(.cloneCount, table.header.entries) { $0.offset = offset }]
        },
        .verify("a clone that counts nothing", [.cloneEntry, .cloneCount], in: "brt") { pool in
            let table = try pool.cloneTable()
            let offset = try pool.editFirstClone(of: table) { _ in 0 }
            return [
                cloned(.cloneEntry, table.header.entries) { $0.offset = offset },
                cloned(.cloneCount, table.header.entries) { $0.offset = offset },
            ]
        },
    ]

    /// Something whose place is told in words.
    private static func place(_ kind: ProblemKind, _ place: String) -> Found {
        Found(kind) { ($0.objectSet, $0.key) = (0, place) }
    }

    private static func logged(
        _ kind: ProblemKind, _ entry: DedupEntry, _ log: UInt64, _ address: DVA
    ) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = log
            location.key = name(entry.key)
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
        }
    }

    private static func cloned(
        _ kind: ProblemKind, _ object: UInt64, _ change: (inout Location) -> Void = { _ in }
    ) -> Found {
        Found(kind) { location in
            (location.objectSet, location.object, location.vdev) = (0, object, 0)
            change(&location)
        }
    }

    private static func name(_ key: DedupKey) -> String {
        let sum = key.checksum
        return [sum.word0, sum.word1, sum.word2, sum.word3, key.properties]
            .map { String($0, radix: 16) }.joined(separator: ":")
    }
}
