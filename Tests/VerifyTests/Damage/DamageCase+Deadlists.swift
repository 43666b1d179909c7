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
            unchecked: ["the used space of snaps/vol", "the unique bytes of snaps/vol"]
        ) { pool in
            let own = try pool.dataset("snaps/vol").object
            try pool.set(DSLDataset.Layout.deadlist, of: own, 9999)
            return [Found(.deadlistUnreadable, 9999, "snaps/vol")]
        },
        .verify("a key that is no number", [.deadlistKey], in: "snaps") { pool in
            let list = try pool.dataset("snaps/vol").stored.deadlist
            try pool.setEntry("x", of: list, 1)
            return [Found(.deadlistKey, list, "snaps/vol", key: "x")]
        },
        .verify("a key that stands there twice", [.deadlistKey], in: "snaps") { pool in
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
            "a list that two deadlists share", [.pointerListShared], in: "snaps",
            unchecked: ["the used space of snaps/rolled", "the unique bytes of snaps/rolled"]
        ) { pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let list = try pool.list(ofDeadlist: deadlist).list.object.number
            let other = try pool.dataset("snaps/rolled").stored.deadlist
            try pool.setEntry("1", of: other, list)
            return [Found(.pointerListShared, list)]
        },
        .verify("a listed block of the future", [.pointerListEntry, .deadlistBirth], in: "snaps") {
            pool in
            let deadlist = try pool.dataset("snaps/vol").stored.deadlist
            let list = try pool.list(ofDeadlist: deadlist).list.object.number
            try pool.setPointerWord(10, ofEntry: 0, of: list, 1 << 40)
            return [
                Found(.pointerListEntry, list), Found(.deadlistBirth, list, "snaps/vol"),
            ]
        },
    ]
}
