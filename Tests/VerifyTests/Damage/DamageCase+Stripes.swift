import Bytes
import Datasets
import Foundation
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// What a RAID-Z or dRAID says of how it spreads its blocks.
    static let stripeNumbers = expansions + draids

    private static let expansions = [
        DamageCase.verify(
            "an expansion that has ended and runs", [.raidzExpansion], in: "expanded"
        ) { pool in
            let zap = try setExpansionState(of: pool, to: 1)
            return [stateFound(zap)]
        },
        DamageCase.verify(
            "an expansion that runs and has ended", [.raidzExpansion], in: "expanding"
        ) { pool in
            let zap = try setExpansionState(of: pool, to: 2)
            return [stateFound(zap)]
        },
        DamageCase.verify("an expansion in groups to come", [.raidzExpansion], in: "expanded") {
            pool in
            let place = try pool.configPlace()
            try pool.editTop {
                try EditedPool.replace(
                    ConfigKey.raidzExpansionTxgs, by: .uint64Array([5000]), in: &$0)
            }
            return [Found(.raidzExpansion) { $0 = place }]
        },
        DamageCase.verify(
            "an expansion that ended within a sector", [.uberblockReflow], in: "expanding"
        ) { pool in
            // It is counted in units of 512 bytes, and a sector has 4096.
            try setReflow(of: pool) { $0 + 1 }
        },
        DamageCase.verify(
            "an expansion that went on behind the end", [.uberblockReflow], in: "expanding"
        ) { pool in
            try setReflow(of: pool) { $0 | 1 << 54 }
        },
        DamageCase.verify(
            "an expansion that has not begun and has", [.uberblockReflow], in: "expanding"
        ) { pool in
            try setReflow(of: pool) { _ in 0 }
        },
    ]

    private static func setReflow(
        of pool: EditedPool, _ change: (UInt64) -> UInt64
    ) throws -> [Found] {
        let txg = try pool.open().txg
        try pool.editor.editUberblock { bytes, order in
            let word = try Uberblock.Layout.reflow.read(bytes.rawBytes, order)
            try Uberblock.Layout.reflow.write(change(word), into: &bytes, order)
        }
        return [Found(.uberblockReflow) { $0.txg = txg }]
    }

    private static func setExpansionState(of pool: EditedPool, to state: UInt64) throws -> UInt64 {
        let top = try #require(try pool.open().rootConfig.children.first)
        let zap = try #require(top.topZAP)
        let name = "org.openzfs:raidz_expand_state"
        if try pool.open().meta.zap(zap).isMicro {
            try pool.setEntry(name, ofMeta: zap, state)
        } else {
            try pool.setEntry(name, ofFat: zap, words: [state])
        }
        return zap
    }

    private static func stateFound(_ zap: UInt64) -> Found {
        Found(.raidzExpansion) { place in
            (place.objectSet, place.object, place.vdev) = (0, zap, 0)
            place.key = "org.openzfs:raidz_expand_state"
        }
    }

    private static let draids = [
        DamageCase.verify("a dRAID whose groups don't fill it", [.draidGeometry], in: "draid2") {
            pool in
            let place = try pool.configPlace()
            try pool.editTop {
                try EditedPool.replace(ConfigKey.draidGroups, by: .uint64(7), in: &$0)
            }
            return [Found(.draidGeometry) { $0 = place }]
        },
        DamageCase.verify(
            "a dRAID of failure domains that don't share it out", [.draidGeometry], in: "draid2"
        ) { pool in
            let place = try pool.configPlace()
            try pool.editTop { top in
                top.pairs.append(NVPair(ConfigKey.draidChildren, .uint64(4)))
            }
            return [Found(.draidGeometry) { $0 = place }]
        },
        DamageCase.verify(
            "labels with a dRAID that can't be", [.uberblockNone, .draidGeometry], in: "draid2",
            unchecked: ["the pool can't be opened"]
        ) { pool in
            for name in try FileManager.default.contentsOfDirectory(atPath: pool.path) {
                try LabelEditor.edit(pool.device(name)) { list in
                    guard var top = list.list(ConfigKey.vdevTree) else { return }
                    LabelEditor.set(ConfigKey.draidGroups, .uint64(7), in: &top)
                    LabelEditor.set(ConfigKey.vdevTree, .list(top), in: &list)
                }
            }
            return [
                Found(.uberblockNone) { _ in },
                Found(.draidGeometry) { place in
                    place.vdev = 0
                    place.key = "vdev_tree.children[0]"
                },
            ]
        },
        DamageCase.verify(
            "one device with labels of a dRAID that can't be", [.configLabel], in: "draid2"
        ) { pool in
            try LabelEditor.edit(pool.device("d0")) { list in
                guard var top = list.list(ConfigKey.vdevTree) else { return }
                LabelEditor.set(ConfigKey.draidGroups, .uint64(7), in: &top)
                LabelEditor.set(ConfigKey.vdevTree, .list(top), in: &list)
            }
            return [
                Found(.configLabel) {
                    $0 = Location(
                        device: pool.device("d0"), label: 0, key: "vdev_tree.draid_ngroups")
                }
            ]
        },
    ]
}
