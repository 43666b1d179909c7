import Bytes
import Datasets
import Objects

/// BM1, RD1: bookmarks have a form that exists, agree with their snapshots where these exist, and lead to redaction lists
/// that are sorted and as long as they say.
struct BookmarkCheck: Check {
    static let kinds: [ProblemKind] = [
        .bookmarkForm, .bookmarkSnapshot, .bookmarkSums, .redactionUnreadable, .redactionOrder,
    ]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        let snapshots = Dictionary(
            grouping: graph.datasets.values.filter { !$0.isHead }
        ) { $0.stored.guid }
        for head in graph.sortedDatasets {
            guard let map = head.fields.bookmarks, map != 0 else { continue }
            guard !context.isCancelled else { return }
            guard let entries = try? meta.entries(of: map, "bookmarks") else {
                context.leaveUnchecked(
                    "the bookmarks of \(graph.name(ofDataset: head.object) ?? "")",
                    "their map, object \(map), can't be read")
                continue
            }
            for entry in entries {
                var location = graph.location(ofDataset: head.object)
                location.object = map
                location.key = entry.name
                check(entry, snapshots, location, graph, context)
            }
        }
    }

    private func check(
        _ entry: ZAPEntry, _ snapshots: [GUID: [GraphDataset]], _ location: Location,
        _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let words = entry.words
        guard entry.integerSize == 8,
            words.count == Bookmark.firstFormWords || words.count == Bookmark.byteCount / 8,
            let bookmark = try? Bookmark(words: words, minimum: Bookmark.firstFormWords)
        else {
            report(
                .bookmarkForm, location, context,
                Record(["words": .number(UInt64(words.count))]))
            return
        }
        if bookmark.creationTxg > context.pool.txg {
            report(
                .bookmarkForm, location, context,
                .comparison("zbm_creation_txg", found: bookmark.creationTxg.rawValue))
        }
        checkSnapshot(bookmark, snapshots[bookmark.guid] ?? [], location, graph, context)
        if bookmark.redactionList != 0 { checkList(bookmark, location, context) }
    }

    private func checkSnapshot(
        _ bookmark: Bookmark, _ snapshots: [GraphDataset], _ location: Location,
        _ graph: DatasetGraph, _ context: CheckContext
    ) {
        guard bookmark.hasFreedSums, bookmark.snapshotExists else { return }
        guard
            let snapshot = snapshots.first(where: {
                $0.stored.creationTxg == bookmark.creationTxg
            })
        else {
            guard graph.lost.isEmpty, graph.unreadable.isEmpty else { return }
            report(
                .bookmarkSnapshot, location, context,
                Record([
                    "guid": .guid(bookmark.guid), "creation_txg": .txg(bookmark.creationTxg),
                ]))
            return
        }
        let stored = snapshot.stored
        let fields = [
            ("zbm_referenced_bytes_refd", stored.referencedBytes, bookmark.referencedBytes),
            ("zbm_compressed_bytes_refd", stored.compressedBytes, bookmark.compressedBytes),
            ("zbm_uncompressed_bytes_refd", stored.uncompressedBytes, bookmark.uncompressedBytes),
        ]
        for (field, expected, found) in fields where expected != found {
            report(
                .bookmarkSums, location, context,
                .comparison(field, expected: expected, found: found))
        }
    }

    private func checkList(
        _ bookmark: Bookmark, _ location: Location, _ context: CheckContext
    ) {
        let number = bookmark.redactionList
        do {
            let list = try context.pool.redactionList(number)
            let object = try context.pool.meta.object(number)
            guard let flaw = try flaw(in: list, object) else { return }
            report(
                .redactionOrder, location, context,
                Record(["list": .number(number), "cause": .text(flaw)]))
        } catch {
            report(
                .redactionUnreadable, location, context,
                Record(["list": .number(number), "cause": .text("\(error)")]))
        }
    }

    /// Mirrors what `dsl_redaction_list_traverse` (`module/zfs/dsl_bookmark.c`) takes for granted.
    private func flaw(in list: RedactionList, _ object: DMUObject) throws -> String? {
        let size = UInt64(RedactedRange.byteCount)
        guard list.entryCount <= object.byteCount / size else {
            return "it counts \(list.entryCount) ranges, but there is room for "
                + "\(object.byteCount / size)"
        }
        let perBlock = UInt64(object.blockSize) / size
        guard perBlock > 0 else { return nil }
        var last: (object: UInt64, block: UInt64)?
        for index in 0..<list.entryCount {
            guard let block = try object.orderedBlock(index / perBlock) else {
                return "block \(index / perBlock) of it is a hole"
            }
            let start = Int(index % perBlock) * RedactedRange.byteCount
            let bytes = try block.bytes.rawBytes.slice(
                at: start, count: RedactedRange.byteCount)
            let range = try RedactedRange(bytes, block.order)
            if let last, (range.object, range.firstBlock) <= last {
                return "range \(index) does not come after the one before it"
            }
            last = (range.object, range.firstBlock)
        }
        return nil
    }

    private func report(
        _ kind: ProblemKind, _ location: Location, _ context: CheckContext, _ evidence: Record
    ) {
        context.report(Problem(kind, at: location, evidence: evidence))
    }
}
