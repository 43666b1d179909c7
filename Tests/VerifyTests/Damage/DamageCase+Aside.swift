import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Spares and cache devices, the clock of the pool, marks of features, flags of ZAPs.
    static let aside = [
        verify("a spare without a GUID", [.auxiliaryEntry], in: "classes") { pool in
            let list = try #require(try pool.open().directory.object(.spares))
            try pool.editor.edit(.block(.meta, object: list)) { bytes in
                let name: [UInt8] = [0, 0, 0, 4] + Array("guid".utf8)
                let place = try #require(bytes.firstRange(of: name)).upperBound
                bytes[place - 1] = 0x78
            }
            return [
                Found(.auxiliaryEntry) {
                    ($0.objectSet, $0.object, $0.key) = (0, list, "spares[0]")
                }
            ]
        },
        verify("a spare with the label of a cache", [.auxiliaryLabel], in: "classes") { pool in
            for label in 0..<4 {
                try pool.editConfig(of: label, on: "hs0") { bytes in
                    let name: [UInt8] = [0, 0, 0, 5] + Array("state".utf8)
                    let place = try #require(bytes.firstRange(of: name)).upperBound
                    // Filled up to four bytes, then type and count.
                    bytes[place + 3 + 8 + 7] = UInt8(PoolState.l2cache.rawValue)
                }
            }
            return [
                Found(.auxiliaryLabel) {
                    $0 = Location(device: pool.device("hs0"), label: 0)
                }
            ]
        },
        verify("a ring of times whose end is elsewhere", [.transactionTimes], in: "new-disk") {
            pool in
            let key = ObjectDirectory.Key.txgTimesByDay.rawValue
            try pool.setWord(1, ofEntryNamed: key, in: ObjectDirectory.objectNumber, 5)
            return [entry(.transactionTimes, key)]
        },
        verify("a ring of times that knows the future", [.transactionTimes], in: "new-disk") {
            pool in
            let key = ObjectDirectory.Key.txgTimesByDay.rawValue
            try pool.setWord(4, ofEntryNamed: key, in: ObjectDirectory.objectNumber, 1 << 40)
            return [entry(.transactionTimes, key)]
        },
        verify("large blocks without their mark", [.datasetFeature], in: "recsize") { pool in
            let own = try pool.dataset("recsize/r1M").object
            let feature = "org.open-zfs:large_blocks"
            try pool.setEntry(feature, ofMeta: own, nil)
            try pool.addToFeature(feature, .max)
            return [Found(.datasetFeature, own, "recsize/r1M", key: feature)]
        },
        verify("a checksum without its mark", [.datasetFeature], in: "checksum") { pool in
            let own = try pool.dataset("checksum/skein").object
            let feature = "org.illumos:skein"
            try pool.setEntry(feature, ofMeta: own, nil)
            try pool.addToFeature(feature, .max)
            return [Found(.datasetFeature, own, "checksum/skein", key: feature)]
        },
        verify(
            "a table of names whose flags say 48 bits", [.zapHeader],
            consequences: [.zapWrongHash]
        ) { pool in
            let table = try #require(try pool.open().directory.object(.featureDescriptions))
            try pool.editor.edit(.block(.meta, object: table)) { bytes in
                try FatZAPHeader.Layout.flags.write(
                    ZAPFlags.hash64.rawValue, into: &bytes, .little)
            }
            return [
                Found(.zapHeader) { ($0.objectSet, $0.object, $0.blockID) = (0, table, 0) }
            ]
        },
        verify(
            "an encrypted block of a dataset that is not", [.pointerInvalid],
            // Half of an encrypted block's checksum is its code.
            consequences: [.blockChecksum]
        ) { pool in
            let block = try pool.block(54, 63, 1)
            try pool.setProperty(block, BitField(low: 61, count: 1), 1)
            return [block.found(.pointerInvalid)]
        },
    ]

    private static func entry(_ kind: ProblemKind, _ key: String) -> Found {
        Found(kind) {
            ($0.objectSet, $0.object, $0.key) = (0, ObjectDirectory.objectNumber, key)
        }
    }
}
