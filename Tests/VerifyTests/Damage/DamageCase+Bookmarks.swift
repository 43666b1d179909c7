import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Bookmarks, redaction lists, livelists.
    static let bookmarks = bookmarkEntries + livelists

    private static let bookmarkEntries = [
        DamageCase.verify(
            "a bookmark of the future", [.bookmarkForm, .bookmarkSnapshot], in: "snaps"
        ) { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 1, 1 << 40)
            return [ProblemKind.bookmarkForm, .bookmarkSnapshot].map {
                Found($0, map, "snaps/a", key: "mark1")
            }
        },
        .verify("a bookmark of no snapshot", [.bookmarkSnapshot], in: "snaps") { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 0, 12345)
            return [Found(.bookmarkSnapshot, map, "snaps/a", key: "mark1")]
        },
        .verify("a bookmark of another size", [.bookmarkSums], in: "snaps") { pool in
            let map = try pool.editBookmark("mark1", of: "snaps/a", word: 5, 512)
            return [Found(.bookmarkSums, map, "snaps/a", key: "mark1")]
        },
        .verify(
            "a redaction list that is not there", [.redactionUnreadable], in: "redact",
            consequences: [.objectMissing, .objectLeaked]
        ) { pool in
            let map = try pool.editBookmark("book", of: "redact/full", word: 3, 9999)
            return [Found(.redactionUnreadable, map, "redact/full", key: "book")]
        },
        .verify("a redaction list that counts too many", [.redactionOrder], in: "redact") { pool in
            let opened = try pool.open()
            let head = try pool.dataset("redact/full")
            let list = try #require(opened.bookmarks(of: head).first).bookmark.redactionList
            try pool.set(RedactionList.Layout.entryCount, of: list, 1 << 40)
            return [
                Found(
                    .redactionOrder, try #require(head.fields.bookmarks), "redact/full",
                    key: "book")
            ]
        },
    ]

    private static let livelists = [
        DamageCase.verify(
            "a livelist without a header", [.livelistUnreadable, .dnodeBonusLength],
            in: "livelist",
            unchecked: ["leads to further objects", "the counts of features"]
        ) { pool in
            let list = try pool.livelist("livelist/clone1")
            try pool.editor.editDnode(list) { $0[10...11] = [8, 0] }
            return [
                Found(.livelistUnreadable, list, "livelist/clone1"), Found(.dnodeBonusLength, list),
            ]
        },
        .verify(
            "a livelist that counts too much", [.livelistTotals, .livelistSpace], in: "livelist"
        ) { pool in
            let list = try pool.livelist("livelist/clone1")
            try pool.add(512, to: DeadlistHeader.Layout.usedBytes, of: list)
            return [
                Found(.livelistTotals, list, "livelist/clone1"),
                Found(.livelistSpace, list, "livelist/clone1"),
            ]
        },
        .verify(
            "a block that was freed and never written",
            [.livelistPairing, .livelistTotals, .pointerListTotals], in: "livelist"
        ) { pool in
            let livelist = try pool.livelist("livelist/clone1")
            let list = try pool.list(ofDeadlist: livelist).list
            let index = try pool.lastingEntry(of: list)
            let address = try pool.entry(index, of: list).dva(0)
            try pool.setPointerWord(11, ofEntry: index, of: list.object.number, 1)
            return [
                Found(.pointerListTotals, list.object.number),
                Found(.livelistTotals, livelist, "livelist/clone1"),
                Found(.livelistPairing) { location in
                    location.objectSet = 0
                    location.object = list.object.number
                    location.dataset = "livelist/clone1"
                    location.vdev = UInt64(address.vdev)
                    location.offset = address.offset
                },
            ]
        },
    ]
}
