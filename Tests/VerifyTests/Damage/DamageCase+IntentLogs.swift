import Blocks
import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Intent logs and encryption.
    static let intentLogs = chains + encryption

    /// A problem of the log of dataset zil/always, object 139, in the pool `zil`.
    private static func log(
        _ kind: ProblemKind, _ pool: EditedPool, block: UInt64? = nil, key: String? = nil,
        in name: String = "zil/always"
    ) throws -> Found {
        let object = try pool.dataset(name).object
        return Found(kind) { location in
            location.dataset = name
            location.objectSet = object
            location.blockID = block
            location.key = key
        }
    }

    /// Writes a word of the first record of the fourth block: a hard link.
    private static func setLink(_ pool: EditedPool, at offset: Int, _ word: UInt64) throws {
        let object = try pool.dataset("zil/always").object
        let block = try pool.logBlocks(of: object)[3]
        try #require(block.records.first?.type == .link)
        try pool.editLogBlock(block) { bytes in
            try Field<UInt64>("word", at: block.chain.records.lowerBound + offset)
                .write(word, into: &bytes, .little)
        }
    }

    private static let chains = [
        DamageCase.verify("a log with an unknown flag", [.logHeader], in: "zil") { pool in
            let object = try pool.dataset("zil/always").object
            try pool.editor.edit(.header(.dataset(object))) { bytes in
                let start = ObjectSetHeader.Layout.intentLog.range.lowerBound
                bytes[start + IntentLogHeader.Layout.flags.offset] = 16
            }
            return [try log(.logHeader, pool)]
        },
        DamageCase.verify(
            "a log to be replayed that nobody has claimed", [.logHeader], in: "zil"
        ) { pool in
            let object = try pool.dataset("zil/always").object
            try pool.editor.edit(.header(.dataset(object))) { bytes in
                let start = ObjectSetHeader.Layout.intentLog.range.lowerBound
                bytes[start + IntentLogHeader.Layout.flags.offset] = 1
            }
            return [try log(.logHeader, pool)]
        },
        DamageCase.verify("a record whose number falls", [.logRecord], in: "zil") { pool in
            try setLink(pool, at: 24, 40)
            return [try log(.logRecord, pool, block: 52, key: "TX_LINK number 40")]
        },
        DamageCase.verify("a link to nothing", [.logRecordRefused], in: "zil") { pool in
            try setLink(pool, at: 40, 9999)
            return [try log(.logRecordRefused, pool, key: "TX_LINK number 51")]
        },
        DamageCase.verify("a log block whose next is out of order", [.logChain], in: "zil") {
            pool in
            let object = try pool.dataset("zil/always").object
            let block = try pool.logBlocks(of: object)[3]
            try pool.editLogBlock(block) { bytes in
                // The last word of the next pointer's checksum is its number.
                bytes[LogChain.Layout.next.range.upperBound - 8] ^= 1
            }
            return [try log(.logChain, pool, block: 52)]
        },
        DamageCase.verify(
            "a record that leads to a block of no compression", [.logPointer, .logRecord],
            in: "zil"
        ) { pool in
            let object = try pool.dataset("zil/vol").object
            let block = try #require(
                try pool.logBlocks(of: object).first { $0.records.first?.type == .write })
            let record = block.records[0]
            try pool.editLogBlock(block) { bytes in
                let start =
                    block.chain.records.lowerBound
                    + LoggedWrite.Layout.pointer.range.lowerBound
                try Field<UInt64>("dva", at: start + 8).write(4096, into: &bytes, .little)
                try Field<UInt64>("blk_prop", at: start + 48)
                    .write(1 << 63 | 11 << 48 | 0x7f << 32, into: &bytes, .little)
            }
            // Its bytes stand in the record, so there should be no block.
            return try [ProblemKind.logPointer, .logRecord].map {
                try log(
                    $0, pool, block: block.sequence,
                    key: "TX_WRITE number \(record.sequence)", in: "zil/vol")
            }
        },
    ]

    /// What is not looked at in the pool `crypt` for want of keys.
    private static let withoutKeys = ["no key was given"]

    private static func key(_ kind: ProblemKind, _ object: UInt64, _ name: String) -> Found {
        Found(kind) { location in
            location.dataset = name
            location.objectSet = 0
            location.object = object
        }
    }

    /// A block of a file in `crypt/hex`, or the one that points to it.
    private static func sealed(_ pool: EditedPool, level: UInt8 = 0) throws -> EditedBlock {
        try pool.block(154, 11, level: level)
    }

    private static let encryption = codes + keyObjects

    private static let codes = [
        DamageCase.deep(
            "an encrypted block that was changed by somebody without the key", [.blockCode],
            in: "crypt", unchecked: withoutKeys,
            keys: ["crypt/hex": "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"]
        ) { pool in
            let block = try sealed(pool)
            var stored = try pool.editor.reader.readStored(block.pointer).bytes
            stored[0] ^= 1
            var pointer = block.pointer
            try pool.editor.storeAsIs(stored, for: &pointer)
            let sealedAnew = pointer
            try pool.editor.editPointer(to: block.place) { $0 = sealedAnew }
            return [block.found(.blockCode)]
        },
        DamageCase.deep(
            "an indirect block whose code is another", [.indirectCode], in: "crypt",
            unchecked: withoutKeys
        ) { pool in
            let block = try sealed(pool, level: 1)
            try pool.editor.editPointer(to: block.place) { $0.words[14] ^= 1 }
            return [block.found(.indirectCode)]
        },
    ]

    private static let keyObjects = [
        DamageCase.verify(
            "keys in a form that does not exist", [.keyObject], in: "crypt",
            unchecked: withoutKeys
        ) { pool in
            let object = try pool.keyObject("crypt/hex")
            try pool.setWord(0, ofEntry: "keyformat", of: object, 9)
            return [key(.keyObject, object, "crypt/hex")]
        },
        DamageCase.verify(
            "keys that seem to have more users", [.keyReferences], in: "crypt",
            unchecked: withoutKeys
        ) { pool in
            let object = try pool.keyObject("crypt/hex")
            try pool.setWord(0, ofEntry: "DSL_CRYPTO_REFCOUNT", of: object, 3)
            return [key(.keyReferences, object, "crypt/hex")]
        },
        DamageCase.verify(
            "keys whose root is no directory", [.keyRoot], in: "crypt", unchecked: withoutKeys
        ) { pool in
            let object = try pool.keyObject("crypt/hex")
            try pool.setWord(0, ofEntry: "DSL_CRYPTO_ROOT_DDOBJ", of: object, 1)
            return [key(.keyRoot, object, "crypt/hex")]
        },
        DamageCase.verify(
            "a snapshot without the number of its vectors", [.vectorSet], in: "crypt",
            unchecked: withoutKeys
        ) { pool in
            let snapshot = try pool.dataset("crypt/pass@s").object
            try pool.setEntry("com.datto:ivset_guid", ofMeta: snapshot, nil)
            return [key(.vectorSet, snapshot, "crypt/pass@s")]
        },
        DamageCase.verify(
            "a header that says it is not authenticated", [.unprotectedBlock], in: "crypt",
            unchecked: withoutKeys, consequences: [.objectSetHeader]
        ) { pool in
            let object = try pool.dataset("crypt/hex").object
            let place = EditPlace.header(.dataset(object))
            try pool.editor.editPointer(to: place) { $0.words[6] &= ~(1 << 61) }
            let pointer = try pool.editor.pointer(to: place)
            return [
                Found(.unprotectedBlock) { location in
                    location.objectSet = object
                    location.object = 0
                    location.level = -1
                    location.blockID = 0
                    location.vdev = UInt64(pointer.dva(0).vdev)
                    location.offset = pointer.dva(0).offset
                    location.size = pointer.dva(0).allocatedSize
                    location.txg = pointer.birth
                }
            ]
        },
        DamageCase.verify(
            "a header with another code", [.objectSetCode], in: "crypt", unchecked: withoutKeys,
            keys: ["crypt/hex": "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"]
        ) { pool in
            let object = try pool.dataset("crypt/hex").object
            try pool.editor.edit(.header(.dataset(object))) { bytes in
                bytes[ObjectSetHeader.Layout.portableMAC.range.lowerBound] ^= 1
            }
            return [
                Found(.objectSetCode) { location in
                    location.dataset = "crypt/hex"
                    location.objectSet = object
                    location.key = "os_portable_mac"
                }
            ]
        },
    ]
}
