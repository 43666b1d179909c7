import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// History, error logs, scans.
    static let sides = histories + errorLogs

    private static func meta(
        _ kind: ProblemKind, _ object: UInt64, key: String? = nil, offset: UInt64? = nil
    ) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = object
            location.key = key
            location.offset = offset
        }
    }

    private static let histories = [
        DamageCase.verify("a history that ends before it begins", [.historyHeader]) { pool in
            let object = try #require(try pool.open().directory.object(.history))
            try pool.editor.editBonus(of: object) { bonus in
                try HistoryHeader.Layout.end.write(1, into: &bonus, .little)
            }
            return [meta(.historyHeader, object)]
        },
        DamageCase.verify("a record of the history without a length", [.historyRecord]) { pool in
            let object = try #require(try pool.open().directory.object(.history))
            let end = try #require(try pool.open().history()).header.creationEnd
            try pool.editor.edit(.block(.meta, object: object)) { bytes in
                try Field<UInt64>("length", at: Int(end)).write(0, into: &bytes, .little)
            }
            return [meta(.historyRecord, object, offset: end)]
        },
    ]

    /// What is wrong with the pool `errlog` already: two files have a broken block, one in a snapshot too (81), and the
    /// log tells of both. Object 6 is the table of their datasets.
    private static func broken(_ pool: EditedPool, withFirst: Bool = true) throws -> [Found] {
        let blocks = [try pool.block(54, 4, 1), try pool.block(81, 2, 0)]
        let entries = [
            error(.errorKnown, 54, 4, 1, 12, "errlog", "/bad1"),
            error(.errorKnown, 73, 2, 0, 14, "errlog/fs", "/bad2"),
        ]
        return blocks.map { $0.found(.blockChecksum) } + (withFirst ? entries : [entries[1]])
    }

    private static func error(
        _ kind: ProblemKind, _ set: UInt64, _ object: UInt64, _ block: UInt64, _ txg: UInt64,
        _ dataset: String?, _ path: String?
    ) -> Found {
        Found(kind) { location in
            location.dataset = dataset
            location.objectSet = set
            location.object = object
            location.level = 0
            location.blockID = block
            location.path = path
            location.txg = .init(txg)
        }
    }

    private static let errorLogs = [
        DamageCase.verify(
            "errors of a dataset that is gone", [.errorStale, .errorKnown, .blockChecksum],
            in: "errlog"
        ) { pool in
            let table = try #require(try tableOfFirst(pool))
            try pool.setEntry("36", ofMeta: 6, table, renamed: "fff")
            return try broken(pool, withFirst: false) + [
                error(.errorStale, 0xfff, 4, 1, 12, nil, nil)
            ]
        },
        DamageCase.verify("errors that are no more", [.errorStale, .zapValueForm]) { pool in
            // By the heads of datasets, as the feature head_errlog has it, but with a number where a name is to be.
            let blocks = try pool.addErrors([("22:0:1:5", 0)])
            let heads = try pool.addErrors([("36", blocks)])
            try pool.setEntry(
                ObjectDirectory.Key.errorsOfLast.rawValue, ofFat: ObjectDirectory.objectNumber,
                words: [heads])
            return [
                error(.errorStale, 54, 34, 1, 5, "basic", "/"),
                meta(.zapValueForm, blocks, key: "22:0:1:5"),
            ]
        },
        DamageCase.verify(
            "errors of a name that is no number", [.errorHead, .errorKnown, .blockChecksum],
            in: "errlog"
        ) { pool in
            let table = try #require(try tableOfFirst(pool))
            try pool.setEntry("36", ofMeta: 6, table, renamed: "xyz")
            return try broken(pool, withFirst: false) + [meta(.errorHead, 6, key: "xyz")]
        },
        DamageCase.verify(
            "errors without a block", [.errorEntry, .errorKnown, .blockChecksum], in: "errlog",
            consequences: [.objectLeaked, .objectTwice]
        ) { pool in
            // The table of datasets stands for one of blocks.
            try pool.setEntry("36", ofMeta: 6, 6)
            return try broken(pool, withFirst: false) + [
                meta(.errorEntry, 6, key: "36"), meta(.errorEntry, 6, key: "49"),
            ]
        },
        DamageCase.verify(
            "a scan in a state that does not exist", [.scanState, .errorKnown, .blockChecksum],
            in: "errlog"
        ) { pool in
            try pool.setWord(1, ofEntry: "scan", of: ObjectDirectory.objectNumber, 9)
            return try broken(pool) + [
                meta(.scanState, ObjectDirectory.objectNumber, key: "scan")
            ]
        },
        DamageCase.verify(
            "a scan of nothing that has ended", [.scanState, .errorKnown, .blockChecksum],
            in: "errlog"
        ) { pool in
            try pool.setWord(0, ofEntry: "scan", of: ObjectDirectory.objectNumber, 0)
            return try broken(pool) + [
                meta(.scanState, ObjectDirectory.objectNumber, key: "scan")
            ]
        },
    ]

    /// The table of the errors of dataset 54.
    private static func tableOfFirst(_ pool: EditedPool) throws -> UInt64? {
        try ZAP(try pool.editor.object(6)).lookup("36")?.uint64
    }
}

extension EditedPool {
    fileprivate func addErrors(_ entries: [(String, UInt64)]) throws -> UInt64 {
        try addObject(NewObject(type: .errorLog, block: try Self.microZAP(entries)))
    }
}
