import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Values of another form than belongs in their tables, and numbers that other places repeat.
    static let values = tableValues + featureValues + repeatedNumbers

    private static func meta(_ kind: ProblemKind, _ object: UInt64?, key: String? = nil) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = object
            location.key = key
        }
    }

    private static let tableValues = [
        DamageCase.verify("a description without an end", [.zapValueForm]) { pool in
            let object = try #require(try pool.open().directory.object(.featureDescriptions))
            var name = ""
            try pool.rebuild(object) { entries, _ in
                name = try pool.change(&entries, entries.startIndex) { value in
                    ZAPValue(integerSize: 1, bytes: value.bytes.dropLast())
                }
            }
            return [meta(.zapValueForm, object, key: name)]
        },
        .verify("a property without a number", [.zapValueForm]) { pool in
            let object = try pool.node("basic").directory.properties
            var name = ""
            try pool.rebuild(object) { entries, _ in
                let place = try #require(entries.firstIndex { $0.value.integerSize == 8 })
                name = try pool.change(&entries, place) { _ in
                    ZAPValue(integerSize: 8, bytes: [])
                }
            }
            return [meta(.zapValueForm, object, key: name)]
        },
    ]

    private static let featureValues = [
        DamageCase.verify(
            "a feature with two counts", [.featureCount], consequences: [.zapValueForm]
        ) { pool in
            let name = "com.delphix:redacted_datasets"
            let object = try pool.exchange(.featuresForRead, name)
            return [meta(.featureCount, object, key: name)]
        },
        .verify(
            "a feature that was enabled twice", [.featureEnabledTxg],
            consequences: [.zapValueForm]
        ) { pool in
            let name = "com.delphix:redacted_datasets"
            let object = try pool.exchange(.featureEnabledTxg, name)
            return [meta(.featureEnabledTxg, object, key: name)]
        },
    ]

    private static let repeatedNumbers = [
        DamageCase.verify("an origin of what has no datasets", [.dslOrigin]) { pool in
            let own = try pool.node("basic/$MOS").object
            try pool.set(DSLDirectory.Layout.origin, of: own, 1)
            return [Found(.dslOrigin, own, "basic/$MOS")]
        },
        .verify("a pointer to no log that is not empty", [.logHeader]) { pool in
            let dataset = try pool.dataset("basic")
            let log = ObjectSetHeader.Layout.intentLog.range.lowerBound
            try pool.editor.edit(.header(.dataset(dataset.object))) { bytes in
                bytes[log + IntentLogHeader.Layout.log.range.lowerBound + 64] = 8
            }
            return [
                Found(.logHeader) { location in
                    location.dataset = "basic"
                    location.objectSet = dataset.object
                }
            ]
        },
        .verify(
            "a moved block of a time when nothing was moved", [.pointerInvalid, .pointerDiffers],
            in: "removal"
        ) { pool in
            let head = try pool.dataset("removal")
            let block = try pool.block(head.object, 1)
            try pool.editor.editPointer(to: block.place) { $0.words[9] = 5 }
            return [
                block.found(.pointerInvalid), block.found(.pointerDiffers),
            ]
        },
        .verify("a checkpoint's root of another size", [.uberblockField], in: "checkpoint") {
            pool in
            // The first word of the first address.
            let words = try #require(try pool.open().directory.value(.checkpoint)).words
            try pool.setWord(
                5, ofEntryNamed: ObjectDirectory.Key.checkpoint.rawValue,
                in: ObjectDirectory.objectNumber, words[5] + 1)
            return [
                meta(
                    .uberblockField, ObjectDirectory.objectNumber,
                    key: ObjectDirectory.Key.checkpoint.rawValue)
            ]
        },
    ]
}

extension EditedPool {
    /// Gives an entry another value; returns its name.
    fileprivate func change(
        _ entries: inout [ZAPBuilder.Entry], _ place: Int, _ change: (ZAPValue) -> ZAPValue
    ) throws -> String {
        let old = entries[place]
        entries[place] = ZAPBuilder.Entry(old.key, change(old.value), hash: old.hash)
        guard case .name(let name) = old.key else { throw Failure(description: "no name") }
        return String(decoding: name, as: UTF8.self)
    }

    /// Puts a table of features in the place of their descriptions, where there is room for values of any length, and the other
    /// way round; one feature gets two numbers. Returns the table's new object.
    fileprivate func exchange(_ key: ObjectDirectory.Key, _ name: String) throws -> UInt64 {
        let directory = try open().directory
        let old = try #require(directory.object(key))
        let new = try #require(directory.object(.featureDescriptions))
        let table = try open().meta.zap(old).contents().entries
        try rebuild(new) { entries, hash in
            entries = try table.map { entry in
                guard case .name(let bytes) = entry.key else {
                    throw Failure(description: "no name")
                }
                let value = entry.name == name ? ZAPValue(words: [0, 0]) : entry.value
                let number = try #require(hash.hash(name: bytes))
                return ZAPBuilder.Entry(entry.key, value, hash: number)
            }
        }
        for (entry, object) in [(key, new), (.featureDescriptions, old)] {
            try setFatEntry(entry.rawValue, of: ObjectDirectory.objectNumber, object)
        }
        return new
    }
}
