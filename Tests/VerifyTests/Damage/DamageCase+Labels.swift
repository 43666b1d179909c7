import Bytes
import Datasets
import Foundation
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Labels and what is in them.
    static let labels = labelCopies + labelParts + labelLists + uberblocks + devices

    private static let disk = "d0"

    private static func label(
        _ pool: EditedPool, _ kind: ProblemKind, _ label: Int, on name: String = disk,
        key: String? = nil
    ) -> Found {
        Found(kind) { $0 = Location(device: pool.device(name), label: label, key: key) }
    }

    private static let labelCopies = [
        verify("a label that was wiped", [.labelMissing]) { pool in
            try pool.wipe(label: 1, of: disk)
            return [label(pool, .labelMissing, 1)]
        },
        verify("a label whose checksum does not fit", [.labelChecksum]) { pool in
            let place = try pool.place(.config, of: 2, on: disk)
            try pool.write([1], at: place + 100_000, of: disk)
            return [label(pool, .labelChecksum, 2)]
        },
        verify("a label that holds no list", [.labelNVList]) { pool in
            try pool.editConfig(of: 0, on: disk) { $0[0] = 99 }
            return [label(pool, .labelNVList, 0)]
        },
        verify(
            "a label with a string without an end", [.nvlistUnterminated],
            consequences: [.nvlistBadSize]
        ) { pool in
            // The one form in which a string can have none: as a host has it in memory.
            try pool.editConfig(of: 0, on: disk) { bytes in
                let list: [UInt8] =
                    [0, 1, 0, 0] + [0, 0, 0, 0] + [1, 0, 0, 0]
                    + [32, 0, 0, 0] + [5, 0, 0, 0] + [1, 0, 0, 0] + [9, 0, 0, 0]
                    + Array("name".utf8) + [0, 0, 0, 0] + Array("basicxxx".utf8)
                    + [0, 0, 0, 0]
                bytes.replaceSubrange(0..<list.count, with: list)
            }
            return [label(pool, .nvlistUnterminated, 0, key: "name")]
        },
        verify("a label with another name of the pool", [.labelInconsistent]) { pool in
            try LabelEditor.edit(pool.device(disk), labels: [1]) {
                LabelEditor.set(ConfigKey.poolName, .string(NVString("other")), in: &$0)
            }
            return [label(pool, .labelInconsistent, 1)]
        },
        verify("two labels of an older txg", [.labelOlder]) { pool in
            try LabelEditor.edit(pool.device(disk), labels: [1, 3]) {
                LabelEditor.set(ConfigKey.poolTxg, .uint64(80), in: &$0)
            }
            return [label(pool, .labelOlder, 1), label(pool, .labelOlder, 3)]
        },
        verify("labels without the GUID of the top-level vdev", [.labelIncomplete]) { pool in
            try LabelEditor.edit(pool.device(disk)) { list in
                list.pairs.removeAll { $0.name == ConfigKey.topGUID }
            }
            return [label(pool, .labelIncomplete, 0)]
        },
        verify("labels with the GUID of another top-level vdev", [.labelGUID]) { pool in
            try LabelEditor.edit(pool.device(disk)) {
                LabelEditor.set(ConfigKey.topGUID, .uint64(77), in: &$0)
            }
            return [label(pool, .labelGUID, 0)]
        },
    ]

    private static let labelParts = [
        verify("a boot environment of a version that there is not", [.labelBootEnvironment]) {
            pool in
            let place = try pool.place(.bootEnvironment, of: 3, on: disk)
            try pool.write([UInt8](repeating: 1, count: 16), at: place, of: disk)
            return [label(pool, .labelBootEnvironment, 3)]
        },
        verify("something in the pad of a label", [.labelPad]) { pool in
            try pool.write([1], at: try pool.place(.pad, of: 1, on: disk) + 5000, of: disk)
            return [label(pool, .labelPad, 1)]
        },
        verify("a device that grew", [.labelFormer, .labelMissing]) { pool in
            try pool.resize(disk, to: 65 << 20)
            return [2, 3].flatMap {
                [label(pool, .labelFormer, $0), label(pool, .labelMissing, $0)]
            }
        },
    ]

    private static let labelLists = [
        verify("a label with a string that goes on after a NUL", [.nvlistEmbeddedNUL]) { pool in
            try pool.editConfig(of: 0, on: disk) { bytes in
                let place = try find("basic", in: bytes)
                bytes[place + 2] = 0
            }
            return [label(pool, .nvlistEmbeddedNUL, 0, key: "name")]
        },
        verify("a label with a name that is there twice", [.nvlistBadName]) { pool in
            try LabelEditor.edit(pool.device(disk), labels: [2]) { list in
                list.pairs.append(NVPair(ConfigKey.poolState, .uint64(0)))
            }
            return [label(pool, .nvlistBadName, 2, key: "state")]
        },
        verify("a label with a value of an unknown type", [.nvlistBadValue]) { pool in
            try pool.editConfig(of: 0, on: disk) { bytes in
                let place = try find("pool_guid", in: bytes)
                bytes[place + 12 + 3] = 99
            }
            return [label(pool, .nvlistBadValue, 0, key: "pool_guid")]
        },
        verify("a label with a number that is said to be two", [.nvlistBadSize]) { pool in
            try pool.editConfig(of: 0, on: disk) { bytes in
                let place = try find("pool_guid", in: bytes)
                bytes[place + 12 + 7] = 2
            }
            return [label(pool, .nvlistBadSize, 0, key: "pool_guid")]
        },
        verify("a label with a list of a version that there is not", [.nvlistDamaged]) { pool in
            try pool.editConfig(of: 0, on: disk) { $0[7] = 1 }
            return [label(pool, .nvlistDamaged, 0, key: "")]
        },
    ]

    private static func find(_ text: String, in bytes: [UInt8]) throws -> Int {
        try #require(bytes.firstRange(of: [UInt8](text.utf8))).lowerBound
    }
}

extension DamageCase {
    private static let devices = [
        verify("a device that was away", [.labelStale], in: "mirror") { pool in
            try LabelEditor.edit(pool.device("d1")) {
                LabelEditor.set(ConfigKey.poolTxg, .uint64(5), in: &$0)
            }
            return [Found(.labelStale) { $0.device = pool.device("d1") }]
        },
        verify("a copy of a device beside it", [.labelDuplicate]) { pool in
            try Command.run("cp", "--sparse=always", pool.device(disk), pool.device("e0"))
            return [Found(.labelDuplicate) { $0.device = pool.device("e0") }]
        },
        verify("a device that the pool does not know", [.labelStray], in: "mirror") { pool in
            try Command.run("cp", "--sparse=always", pool.device(disk), pool.device("e0"))
            try LabelEditor.edit(pool.device("e0")) {
                LabelEditor.set(ConfigKey.guid, .uint64(4711), in: &$0)
            }
            return [Found(.labelStray) { $0.device = pool.device("e0") }]
        },
        verify("a device that was cut off", [.deviceTruncated, .labelMissing]) { pool in
            try pool.resize(disk, to: 50 << 20)
            return [
                Found(.deviceTruncated) { $0.device = pool.device(disk) },
                label(pool, .labelMissing, 2), label(pool, .labelMissing, 3),
            ]
        },
        verify("a side of a mirror without any label", [.labelLost], in: "mirror") { pool in
            for index in 0...3 { try pool.wipe(label: index, of: "d1") }
            return [Found(.labelLost) { $0.device = pool.device("d1") }]
        },
        verify("a side of a mirror with labels of another", [.labelOtherPool], in: "mirror") {
            pool in
            try LabelEditor.edit(pool.device("d1")) {
                LabelEditor.set(ConfigKey.poolGUID, .uint64(4711), in: &$0)
                LabelEditor.set(ConfigKey.poolName, .string(NVString("other")), in: &$0)
            }
            return [Found(.labelOtherPool) { $0.device = pool.device("d1") }]
        },
        verify("a side of a mirror that is not there", [.deviceMissing], in: "mirror") { pool in
            try FileManager.default.removeItem(atPath: pool.device("d1"))
            return [Found(.deviceMissing) { $0.vdev = 0 }]
        },
        verify("log devices that are not there", [.devicesInsufficient], in: "classes") { pool in
            let log = try pool.open().rootConfig.children.first { $0.isLog }
            for name in ["lg0", "lg1"] {
                try FileManager.default.removeItem(atPath: pool.device(name))
            }
            return [Found(.devicesInsufficient) { $0.vdev = log?.id }]
        },
    ]
}

extension DamageCase {
    private static func slot(
        _ pool: EditedPool, _ kind: ProblemKind, _ label: Int?, _ slot: Int, txg: UInt64? = nil
    ) -> Found {
        Found(kind) { location in
            location = Location(device: pool.device(disk), label: label, slot: slot)
            location.txg = txg.map { TransactionGroup($0) }
        }
    }

    private static func state(_ kind: ProblemKind, _ txg: UInt64) -> Found {
        Found(kind) { $0 = Location(txg: TransactionGroup(txg)) }
    }

    /// What a test needs to know of the newest uberblock of `basic`, and of the one before.
    private static func ages(_ pool: EditedPool) throws -> [(slot: Int, txg: UInt64)] {
        try (0...1).map { age in
            let slot = try pool.slot(age, on: disk)
            return (slot.index, slot.uberblock?.txg.rawValue ?? 0)
        }
    }

    private static func write(_ field: Field<UInt64>, _ value: UInt64) -> (inout [UInt8]) throws
        -> Void
    {
        { try field.write(value, into: &$0, .little) }
    }

    private static let uberblocks = [
        verify("an uberblock that leads to garbage", [.uberblockGarbage]) { pool in
            let txg = try ages(pool)[0].txg + 1
            try pool.editUberblock(on: disk, into: Int(txg % 128)) { bytes in
                try Uberblock.Layout.txg.write(txg, into: &bytes, .little)
                bytes[Uberblock.Layout.rootPointerOffset + 100] ^= 1
            }
            return [state(.uberblockGarbage, txg)]
        },
        verify("an uberblock of a txg that no pool reaches", [.uberblockImplausible]) { pool in
            let txg = try ages(pool)[0].txg | 1 << 40
            try pool.editUberblock(
                on: disk, into: Int(txg % 128), write(Uberblock.Layout.txg, txg))
            return [state(.uberblockImplausible, txg)]
        },
        verify("a copy of the newest uberblock that rotted", [.uberblockChecksum]) { pool in
            let newest = try ages(pool)[0]
            try pool.editUberblock(labels: [1], on: disk, isSealed: false) { $0[500] ^= 1 }
            return [slot(pool, .uberblockChecksum, 1, newest.slot, txg: newest.txg)]
        },
        verify("a copy of an older uberblock that rotted", [.uberblockOldChecksum]) { pool in
            let older = try ages(pool)[1]
            try pool.editUberblock(1, labels: [1], on: disk, isSealed: false) { $0[500] ^= 1 }
            return [slot(pool, .uberblockOldChecksum, 1, older.slot, txg: older.txg)]
        },
        verify("an uberblock with a checkpoint of the future", [.uberblockField]) { pool in
            let newest = try ages(pool)[0].txg
            try pool.editUberblock(
                on: disk, write(Uberblock.Layout.checkpointTxg, newest + 1))
            return [state(.uberblockField, newest)]
        },
        verify("an uberblock with a pointer of another type", [.uberblockRoot]) { pool in
            let older = try ages(pool)[1].txg
            try pool.editUberblock(1, on: disk) { bytes in
                bytes[Uberblock.Layout.rootPointerOffset + 54] = 10
            }
            return [state(.uberblockRoot, older)]
        },
        verify("an uberblock with a wrong multihost magic", [.uberblockMultihost]) { pool in
            let newest = try ages(pool)[0].txg
            try pool.editUberblock(on: disk, write(Uberblock.Layout.mmpMagic, 5))
            return [state(.uberblockMultihost, newest)]
        },
        verify(
            "a copy of an uberblock with another sum", [.uberblockCopies, .uberblockSlots]
        ) { pool in
            let newest = try ages(pool)[0]
            try pool.editUberblock(labels: [3], on: disk, write(Uberblock.Layout.guidSum, 5))
            return [
                state(.uberblockCopies, newest.txg), slot(pool, .uberblockSlots, nil, newest.slot),
            ]
        },
        verify("an uberblock in the slot of another", [.uberblockMisplaced]) { pool in
            let newest = try ages(pool)[0]
            let other = (newest.slot + 120) % 128
            try pool.editUberblock(on: disk, into: other) { _ in }
            return (0...3).map {
                slot(pool, .uberblockMisplaced, $0, other, txg: newest.txg)
            }
        },
        verify("an uberblock with a wrong sum of GUIDs", [.uberblockGUIDSum]) { pool in
            let newest = try ages(pool)[0].txg
            try pool.editUberblock(on: disk, write(Uberblock.Layout.guidSum, 5))
            return [state(.uberblockGUIDSum, newest)]
        },
        verify("an uberblock with an expansion that there is not", [.uberblockReflow]) { pool in
            let newest = try ages(pool)[0].txg
            try pool.editUberblock(on: disk, write(Uberblock.Layout.reflow, 2 << 55))
            return [state(.uberblockReflow, newest)]
        },
        verify(
            "an uberblock of a version that there is not", [.uberblockNone, .uberblockField],
            unchecked: ["the pool can't be opened"]
        ) { pool in
            let newest = try ages(pool)[0].txg
            try pool.editUberblock(on: disk, write(Uberblock.Layout.version, 29))
            return [Found(.uberblockNone) { _ in }, state(.uberblockField, newest)]
        },
    ]
}
