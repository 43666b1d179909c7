import Bytes
import Datasets
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Directories, datasets, snapshots, bookmarks, deadlists, livelists.
    static let datasets = directories + chains + datasetFields + deadlists + bookmarks

    private static let directories = [
        DamageCase.verify(
            "a directory whose bonus is cut off", [.dslUnreadable, .dnodeBonusLength], in: "snaps",
            unchecked: [
                "the used space of snaps: ", "the used space of snaps/rolled",
                "leads to further objects", "counts of features",
            ]
        ) { pool in
            let rolled = try pool.node("snaps/rolled").object
            try pool.editor.editDnode(rolled) { $0[10...11] = [8, 0] }
            return [Found(.dslUnreadable, rolled), Found(.dnodeBonusLength, rolled)]
        },
        .verify("a directory with a flag that no version knows", [.dslField], in: "snaps") { pool in
            let rolled = try pool.node("snaps/rolled")
            try pool.set(
                DSLDirectory.Layout.flags, of: rolled.object, rolled.directory.flags | 1 << 40)
            return [Found(.dslField, rolled.object, "snaps/rolled")]
        },
        .verify("a name that leads to no directory", [.dslEntry], in: "snaps") { pool in
            let map = try pool.node("snaps").directory.childMap
            try pool.setEntry("zz", of: map, 1)
            return [Found(.dslEntry, map, "snaps", key: "zz")]
        },
        .verify("a directory listed twice", [.dslEntry], in: "snaps") { pool in
            let map = try pool.node("snaps/a").directory.childMap
            try pool.setEntry("zz", of: map, try pool.node("snaps").object)
            return [Found(.dslEntry, map, "snaps/a", key: "zz")]
        },
        .verify("a directory with another parent", [.dslParent], in: "snaps") { pool in
            let (own, other) = (try pool.node("snaps/rolled"), try pool.node("snaps/defer"))
            try pool.set(DSLDirectory.Layout.parent, of: own.object, other.object)
            return [Found(.dslParent, own.object, "snaps/rolled")]
        },
        .verify("a directory without a name", [.dslUnreachable], in: "snaps") { pool in
            let own = try pool.node("snaps/rolled").object
            try pool.removeEntry("rolled", of: try pool.node("snaps").directory.childMap)
            return [Found(.dslUnreachable, own)]
        },
        .verify("a name with a slash", [.dslName], in: "snaps") { pool in
            let map = try pool.node("snaps").directory.childMap
            try pool.renameEntry("rolled", of: map, to: "rol/ed")
            return [Found(.dslName, map, "snaps", key: "rol/ed")]
        },
        .verify("a directory with another one's head", [.dslHead], in: "snaps") { pool in
            let (own, other) = (try pool.node("snaps/rolled"), try pool.node("snaps/defer"))
            try pool.set(
                DSLDirectory.Layout.headDataset, of: own.object, other.directory.headDataset)
            return [Found(.dslHead, own.object, "snaps/rolled")]
        },
        .verify("a dataset of another directory", [.dslHead], in: "snaps") { pool in
            let (own, other) = (try pool.node("snaps/rolled"), try pool.node("snaps/defer"))
            let head = own.directory.headDataset
            try pool.set(DSLDataset.Layout.directory, of: head, other.object)
            return [Found(.dslHead, head, "snaps/rolled")]
        },
        .verify("a clone that is none", [.dslClones], in: "snaps") { pool in
            let own = try pool.node("snaps/clone2")
            try pool.setEntry("99", of: own.directory.clones, 0x99)
            return [Found(.dslClones, own.object, "snaps/clone2")]
        },
        .verify("a directory that uses more than it does", [.dslUsed], in: "snaps") { pool in
            let own = try pool.node("snaps/a").object
            try pool.add(1 << 20, to: DSLDirectory.Layout.usedBytes, of: own)
            return [Found(.dslUsed, own, "snaps/a")]
        },
        .verify("space of snapshots counted for the head", [.dslUsed], in: "snaps") { pool in
            let own = try pool.node("snaps/a").object
            try pool.add(512, to: DSLDirectory.Layout.usedByHead, of: own)
            try pool.add(0 &- 512, to: DSLDirectory.Layout.usedBySnapshots, of: own)
            return [Found(.dslUsed, own, "snaps/a")]
        },
        .verify("a count of snapshots that is too high", [.dslLimitCount], in: "props") { pool in
            let own = try pool.node("props/many").object
            try pool.setEntry("com.joyent:snapshot_count", of: own, 77)
            return [Found(.dslLimitCount, own, "props/many")]
        },
        .verify("another quota than the property says", [.dslQuota], in: "props") { pool in
            let own = try pool.node("props/q").object
            try pool.set(DSLDirectory.Layout.quota, of: own, 1 << 40)
            return [Found(.dslQuota, own, "props/q")]
        },
    ]

    private static let chains = [
        DamageCase.verify("a snapshot followed by nothing", [.dslChain], in: "snaps") { pool in
            let own = try pool.dataset("snaps@one").object
            try pool.set(DSLDataset.Layout.nextSnapshot, of: own, 9999)
            return [Found(.dslChain, own, "snaps@one")]
        },
        .verify("a snapshot before which there is another", [.dslChain], in: "snaps") { pool in
            let own = try pool.dataset("snaps@two").object
            try pool.set(
                DSLDataset.Layout.previousSnapshot, of: own,
                try pool.dataset("snaps/rolled@r1").object)
            return [Found(.dslChain, own, "snaps@two")]
        },
        .verify(
            "a snapshot of another time than the next one says", [.dslChain], in: "snaps"
        ) { pool in
            let own = try pool.dataset("snaps/vol").object
            try pool.set(DSLDataset.Layout.previousSnapshotTxg, of: own, 5)
            return [Found(.dslChain, own, "snaps/vol")]
        },
        .verify("a clone with another origin", [.dslOrigin], in: "snaps") { pool in
            let own = try pool.node("snaps/clone").object
            try pool.set(
                DSLDirectory.Layout.origin, of: own, try pool.dataset("snaps/a@one").object)
            return [Found(.dslOrigin, own, "snaps/clone")]
        },
        .verify("holds that are a list of something else", [.dslField], in: "snaps") { pool in
            let (own, root) = (try pool.dataset("snaps/clone2@one"), try pool.node("snaps"))
            try #require(own.stored.holds == 0)
            try pool.set(DSLDataset.Layout.holds, of: own.object, root.directory.childMap)
            return [Found(.dslField, own.object, "snaps/clone2@one")]
        },
        .verify("a snapshot without a name", [.dslSnapshotName], in: "snaps") { pool in
            let (own, head) = (try pool.dataset("snaps@one"), try pool.dataset("snaps"))
            try pool.removeEntry("one", of: head.stored.snapshotNames)
            return [Found(.dslSnapshotName, own.object, "snaps")]
        },
        .verify("a name without a snapshot", [.dslSnapshotEntry], in: "snaps") { pool in
            let map = try pool.dataset("snaps").stored.snapshotNames
            try pool.setEntry("ghost", of: map, 9999)
            return [Found(.dslSnapshotEntry, map, "snaps", key: "ghost")]
        },
        .verify("a snapshot with a clone that is none", [.dslNextClones], in: "snaps") { pool in
            let own = try pool.dataset("snaps/clone2@one")
            try pool.setEntry("99", of: own.stored.nextClones, 0x99)
            return [Found(.dslNextClones, own.object, "snaps/clone2@one")]
        },
        .verify("a snapshot that counts a clone too many", [.dslChildCount], in: "snaps") { pool in
            let own = try pool.dataset("snaps/a@one").object
            try pool.add(1, to: DSLDataset.Layout.childCount, of: own)
            return [Found(.dslChildCount, own, "snaps/a@one")]
        },
    ]

    private static let datasetFields = [
        DamageCase.verify("an identifier of 64 bits", [.dslIdentifier], in: "snaps") { pool in
            let own = try pool.dataset("snaps/a").object
            try pool.set(DSLDataset.Layout.fsidGUID, of: own, .max)
            return [Found(.dslIdentifier, own, "snaps/a")]
        },
        .verify("two snapshots with one identifier", [.dslIdentifier], in: "snaps") { pool in
            let (one, two) = (try pool.dataset("snaps@one"), try pool.dataset("snaps@two"))
            try pool.set(DSLDataset.Layout.guid, of: two.object, one.stored.guid.rawValue)
            return [Found(.dslIdentifier, two.object, "snaps@two")]
        },
        .verify(
            "an object set of another type", [.dslRootPointer], in: "snaps",
            unchecked: ["what snaps/rolled@r1 refers to"], consequences: [.pointerDiffers]
        ) { pool in
            let own = try pool.dataset("snaps/rolled@r1").object
            let words = Field<UInt64>("blk_prop", at: DSLDataset.Layout.rootPointerOffset + 48)
            try pool.add(1 << 48, to: words, of: own)
            return [Found(.dslRootPointer, own, "snaps/rolled@r1")]
        },
        .verify("a snapshot to be destroyed at once", [.dslDeferredDestroy], in: "snaps") { pool in
            let own = try pool.dataset("snaps/rolled@r1")
            try pool.set(
                DSLDataset.Layout.rawFlags, of: own.object, own.stored.rawFlags | 1 << 3)
            return [Found(.dslDeferredDestroy, own.object, "snaps/rolled@r1")]
        },
        .verify(
            "a dataset that was received in part", [.dslInconsistent], in: "snaps",
            unchecked: ["the files of snaps/rolled"]
        ) { pool in
            let own = try pool.dataset("snaps/rolled")
            try pool.set(DSLDataset.Layout.rawFlags, of: own.object, own.stored.rawFlags | 1)
            return [Found(.dslInconsistent, own.object, "snaps/rolled")]
        },
        .verify("a head that is held", [.dslHolds], in: "snaps") { pool in
            let own = try pool.dataset("snaps/rolled").object
            let holds = try pool.dataset("snaps/a@one").stored.holds
            try pool.set(DSLDataset.Layout.holds, of: own, holds)
            return [Found(.dslHolds, own, "snaps/rolled")]
        },
        .verify("referenced bytes that are too few", [.dslReferenced], in: "snaps") { pool in
            let own = try pool.dataset("snaps/vol").object
            try pool.add(0 &- 512, to: DSLDataset.Layout.referencedBytes, of: own)
            return [Found(.dslReferenced, own, "snaps/vol")]
        },
        .verify("unique bytes that are too many", [.dslUnique], in: "snaps") { pool in
            let own = try pool.dataset("snaps/a@one").object
            try pool.add(512, to: DSLDataset.Layout.uniqueBytes, of: own)
            return [Found(.dslUnique, own, "snaps/a@one")]
        },
    ]
}
