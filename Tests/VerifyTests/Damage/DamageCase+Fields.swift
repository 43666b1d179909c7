import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Fields that the sweep over all of them found nobody to look at.
    static let fields = metaFields + logFields

    private static func meta(_ kind: ProblemKind, _ object: UInt64?, key: String? = nil) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = object
            location.key = key
        }
    }

    private static let metaFields = [
        DamageCase.verify("a configuration in which names need not be unique", [.nvlistDamaged]) {
            pool in
            let object = try #require(try pool.open().directory.object(.config))
            try pool.editor.edit(.block(.meta, object: object)) { $0[11] = 0 }
            return [meta(.nvlistDamaged, object, key: "")]
        },
        .verify("a history whose bonus is a file's", [.dnodeBonusType]) { pool in
            let object = try #require(try pool.open().directory.object(.history))
            try pool.editor.editDnode(object) { $0[4] = 29 }
            return [meta(.dnodeBonusType, object)]
        },
        .verify("a dataset without blocks whose pointer is not empty", [.dslRootPointer]) { pool in
            // The head of the origin of all that are no clones.
            try pool.set(
                Field<UInt64>("zc_word[3]", at: DSLDataset.Layout.rootPointerOffset + 120),
                of: 45, 1)
            return [Found(.dslRootPointer, 45, "basic/$ORIGIN")]
        },
        .verify("a bookmark of another day", [.bookmarkSums], in: "snaps") { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 2, 512)
            return [Found(.bookmarkSums, map, "snaps/a", key: "mark1")]
        },
        .verify("a bookmark after which more was freed", [.bookmarkSums], in: "snaps") { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 8, 1 << 40)
            return [Found(.bookmarkSums, map, "snaps/a", key: "mark1")]
        },
        .verify("a bookmark with the IVs of nothing", [.bookmarkForm], in: "snaps") { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 11, 1)
            return [Found(.bookmarkForm, map, "snaps/a", key: "mark1")]
        },
        .verify("a checkpoint of vdevs that there are not", [.uberblockField], in: "checkpoint") {
            pool in
            let words = try #require(try pool.open().directory.value(.checkpoint)).words
            try pool.setWord(
                3, ofEntryNamed: ObjectDirectory.Key.checkpoint.rawValue,
                in: ObjectDirectory.objectNumber, words[3] &+ 1)
            return [
                meta(
                    .uberblockField, ObjectDirectory.objectNumber,
                    key: ObjectDirectory.Key.checkpoint.rawValue)
            ]
        },
        .verify("a scan of a table of dedup that there is not", [.scanState], in: "scrubbing") {
            pool in
            try pool.setWord(
                17, ofEntryNamed: ObjectDirectory.Key.scan.rawValue,
                in: ObjectDirectory.objectNumber, 99)
            return [meta(.scanState, ObjectDirectory.objectNumber, key: "scan")]
        },
    ]

    /// Writes a word of a record of `zil/always`: the first of a block.
    private static func setWord(
        _ pool: EditedPool, ofBlock index: Int, at offset: Int, _ word: UInt64
    ) throws {
        let block = try pool.logBlocks(of: try pool.dataset("zil/always").object)[index]
        try pool.editLogBlock(block) { bytes in
            try Field<UInt64>("word", at: block.chain.records.lowerBound + offset)
                .write(word, into: &bytes, .little)
        }
    }

    private static func log(
        _ kind: ProblemKind, _ pool: EditedPool, block: UInt64? = nil, _ key: String
    ) throws -> Found {
        let object = try pool.dataset("zil/always").object
        return Found(kind) { location in
            location.dataset = "zil/always"
            location.objectSet = object
            location.blockID = block
            location.key = key
        }
    }

    private static let logFields = [
        DamageCase.verify("a directory that was born in another group", [.logRecord], in: "zil") {
            pool in
            try setWord(pool, ofBlock: 0, at: LoggedCreation.Layout.generation.offset, 26)
            return [try log(.logRecord, pool, block: 49, "TX_MKDIR number 48")]
        },
        .verify("a record of a group that is long gone", [.logRecord], in: "zil") { pool in
            try setWord(pool, ofBlock: 3, at: LogRecord.Layout.txg.offset, 20)
            return [try log(.logRecord, pool, block: 52, "TX_LINK number 51")]
        },
        .verify("a new directory in the place of a file", [.logRecordRefused], in: "zil") { pool in
            try setWord(pool, ofBlock: 0, at: LoggedCreation.Layout.object.offset, 3)
            return [
                try log(.logRecordRefused, pool, "TX_MKDIR number 48"),
                try log(.logRecordRefused, pool, "TX_RENAME number 49"),
                try log(.logRecordRefused, pool, "TX_LINK number 51"),
                try log(.logRecordRefused, pool, "TX_SYMLINK number 52"),
            ]
        },
        .verify("a hard link to a directory", [.logRecordRefused], in: "zil") { pool in
            try setWord(pool, ofBlock: 3, at: LoggedLink.Layout.object.offset, 34)
            return [try log(.logRecordRefused, pool, "TX_LINK number 51")]
        },
    ]
}
