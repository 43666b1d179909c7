import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Deadlists and the lists of block pointers that they consist of.
    static let deadlists = [
        DamageCase.verify(
            "a deadlist that is not there", [.deadlistUnreadable], in: "snaps",
            unchecked: ["leads to further objects"]
        ) { pool in
            let own = try pool.dataset("snaps/vol").object
            try pool.set(DSLDataset.Layout.deadlist, of: own, 9999)
            return [Found(.deadlistUnreadable, 9999, "snaps/vol")]
        },
        .verify(
            "a key that is no number", [.deadlistKey], in: "snaps",
            unchecked: ["leads to further objects"]
        ) { pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            try pool.setEntry("x", of: list, 1)
            return [Found(.deadlistKey, list, "snaps/vol", key: "x")]
        },
        .verify(
            "a key that stands there twice", [.deadlistKey], in: "snaps",
            unchecked: ["leads to further objects"]
        ) { pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            let key = try pool.list(ofDeadlist: list).key
            try pool.setEntry("0\(key)", of: list, 1)
            return [Found(.deadlistKey, list, "snaps/vol", key: "0\(key)")]
        },
        .verify(
            "a key that is of the future", [.deadlistMissingKey, .deadlistBirth], in: "snaps"
        ) { pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            let (key, blocks) = try pool.list(ofDeadlist: list)
            try pool.renameEntry(key, of: list, to: "40")
            return [
                Found(.deadlistMissingKey, list, "snaps/vol", key: key),
                Found(.deadlistBirth, blocks.object.number, "snaps/vol"),
            ]
        },
        .verify("a deadlist that counts too much", [.deadlistTotals], in: "snaps") { pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            try pool.add(512, to: DeadlistHeader.Layout.compressedBytes, of: list)
            return [Found(.deadlistTotals, list, "snaps/vol")]
        },
        .verify("a list that counts too much", [.pointerListTotals], in: "snaps") { pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let list = try pool.list(ofDeadlist: deadlist).list.object.number
            try pool.add(512, to: BlockPointerListHeader.Layout.bytes, of: list)
            return [Found(.pointerListTotals, list)]
        },
        .verify(
            "a list that two deadlists share", [.pointerListShared, .featureCount], in: "snaps"
        ) { pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let list = try pool.list(ofDeadlist: deadlist).list.object.number
            let other = try pool.dataset("snaps/rolled").stored.deadlist
            try pool.setEntry("1", of: other, list)
            let counted = try pool.open().directory.object(.featuresForWrite)
            return [
                Found(.pointerListShared, list),
                // The entry stood for the empty list, whose users are counted.
                Found(.featureCount) {
                    ($0.objectSet, $0.object, $0.key) = (0, counted, "com.delphix:empty_bpobj")
                },
            ]
        },
        .verify(
            "a listed block of the future",
            [.pointerListEntry, .deadlistBirth, .deadlistLive, .deadlistMissing], in: "snaps"
        ) {
            pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let list = try pool.list(ofDeadlist: deadlist).list.object.number
            let own = try pool.list(ofDeadlist: deadlist).list
            let address = try pool.entry(0, of: own).dva(0)
            try pool.setPointerWord(10, ofEntry: 0, of: list, 1 << 40)
            return [
                Found(.pointerListEntry, list), Found(.deadlistBirth, list, "snaps/vol"),
                // The snapshot before has it, and it is not the one that the volume lost.
                stray(.deadlistLive, own, address), Found(.deadlistMissing, deadlist, "snaps/vol"),
            ]
        },
        .verify(
            "a listed block that is in use", [.deadlistLive, .deadlistMissing], in: "snaps"
        ) { pool in
            let own = try pool.dataset("snaps/vol")
            let list = try pool.list(ofDeadlist: own.stored.deadlist).list
            let victim = try pool.swap(list, with: own)
            return [
                stray(.deadlistLive, list, victim),
                Found(.deadlistMissing, own.stored.deadlist, "snaps/vol"),
            ]
        },
        .verify(
            "a listed block that nobody has", [.deadlistForeign, .deadlistMissing], in: "snaps"
        ) { pool in
            let own = try pool.dataset("snaps/vol")
            let list = try pool.list(ofDeadlist: own.stored.deadlist).list
            let first = try pool.entry(0, of: list)
            let free = DVA(
                vdev: 0, offset: try pool.metaslab(4).last(64).lowerBound,
                allocatedSize: first.dva(0).allocatedSize)
            try pool.setPointerWord(1, ofEntry: 0, of: list.object.number, free.word1)
            return [
                stray(.deadlistForeign, list, free),
                Found(.deadlistMissing, own.stored.deadlist, "snaps/vol"),
            ]
        },
    ]

    private static func stray(
        _ kind: ProblemKind, _ list: BlockPointerList, _ address: DVA
    ) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = list.object.number
            location.dataset = "snaps/vol"
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
        }
    }
}
