import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Damage by which several books go wrong, or to which a cure has more than one way; what is found is of no matter here,
    /// as long as nothing is left of it.
    static let entangled = links + tables

    private static let links = [
        DamageCase.verify("a snapshot that was taken in the future", [.dslChain], in: "snaps") {
            pool in
            let own = try pool.dataset("snaps/a@one").object
            try pool.set(DSLDataset.Layout.creationTxg, of: own, 1 << 40)
            return []
        },
        .verify("a name that leads to another object", [.dslEntry], in: "snaps") { pool in
            try pool.setEntry("rolled", of: try pool.node("snaps").directory.childMap, 1)
            return []
        },
        .verify("a snapshot's name that leads elsewhere", [.dslSnapshotEntry], in: "snaps") {
            pool in
            try pool.setEntry("one", of: try pool.dataset("snaps").stored.snapshotNames, 9999)
            return []
        },
        // What the directory uses is then charged to the pool's root, which only shows once it has its name.
        .verify("a lost directory without a parent", [.dslUnreachable], in: "snaps") { pool in
            let map = try pool.node("snaps").directory.childMap
            try pool.set(DSLDirectory.Layout.parent, of: try pool.node("snaps/rolled").object, 9999)
            try pool.removeEntry("rolled", of: map)
            return []
        },
        .verify("a directory that lost its list of clones", [.dslClones], in: "snaps") { pool in
            try pool.set(DSLDirectory.Layout.clones, of: try pool.node("snaps/clone2").object, 0)
            return []
        },
        .verify("a deadlist without a key and with a wrong sum", [.deadlistTotals], in: "snaps") {
            pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            let key = try pool.list(ofDeadlist: list).key
            try pool.renameEntry(key, of: list, to: "x")
            try pool.add(512, to: DeadlistHeader.Layout.usedBytes, of: list)
            return []
        },
        .verify("a deadlist whose list can't be read", [.listUnreadable], in: "snaps") { pool in
            let list = try pool.list(ofDeadlist: try pool.dataset("snaps/vol").stored.deadlist)
            try pool.spoil(.block(.meta, object: list.list.object.number))
            return []
        },
    ]

    private static let tables = [
        DamageCase.verify("statistics that count too many", [.dedupStatistics], in: "dedup") {
            pool in
            let statistics = try #require(try pool.open().directory.object(.dedupStatistics))
            try pool.setWord(0, ofEntry: "DDT-sha256-zap-unique", of: statistics, 1000)
            return []
        },
        .verify("clones without their table", [.cloneTable], in: "brt") { pool in
            try pool.setFatEntry("\(ObjectDirectory.blockReferencesPrefix)0", of: 1, 9999)
            return []
        },
        .verify("statistics of dedup that can't be read", [.blockChecksum], in: "dedup") { pool in
            let statistics = try #require(try pool.open().directory.object(.dedupStatistics))
            try pool.spoil(.block(.meta, object: statistics, index: 1))
            return []
        },
        .verify("a list of logs that is no table", [.zapHeader]) { pool in
            try pool.editor.edit(.block(.meta, object: try pool.log().list)) { $0[0] ^= 0xff }
            return []
        },
    ]
}
