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
                check(entry, of: head, snapshots, location, graph, context)
            }
        }
    }

    private func check(
        _ entry: ZAPEntry, of head: GraphDataset, _ snapshots: [GUID: [GraphDataset]],
        _ location: Location,
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
        let isEncrypted = graph.directories[head.directory]?.fields.cryptoKey ?? 0 != 0
        if let flaw = flaw(in: bookmark, isEncrypted: isEncrypted) {
            report(.bookmarkForm, location, context, flaw)
        }
        checkSnapshot(bookmark, snapshots[bookmark.guid] ?? [], location, graph, context)
        if bookmark.redactionList != 0 { checkList(bookmark, location, context) }
    }

    /// `ZBM_FLAG_HAS_FBN` and `ZBM_FLAG_SNAPSHOT_EXISTS` (`include/sys/dsl_bookmark.h`).
    private static let knownFlags: UInt64 = 3

    /// Mirrors what `dsl_bookmark_set_phys` (`module/zfs/dsl_bookmark.c`) fills in.
    private func flaw(
        in bookmark: Bookmark, isEncrypted: Bool
    ) -> Record? {
        if bookmark.rawFlags & ~Self.knownFlags != 0 {
            return .comparison("zbm_flags", found: bookmark.rawFlags)
        }
        if !isEncrypted, bookmark.ivsetGUID.rawValue != 0 {
            return .comparison(
                "zbm_ivset_guid", expected: 0, found: bookmark.ivsetGUID.rawValue)
        }
        return nil
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
            ("zbm_creation_time", stored.creationTime, bookmark.creationTime),
            ("zbm_referenced_bytes_refd", stored.referencedBytes, bookmark.referencedBytes),
            ("zbm_compressed_bytes_refd", stored.compressedBytes, bookmark.compressedBytes),
            ("zbm_uncompressed_bytes_refd", stored.uncompressedBytes, bookmark.uncompressedBytes),
        ]
        for (field, expected, found) in fields + freed(of: snapshot, bookmark, graph, context)
        where expected != found {
            report(
                .bookmarkSums, location, context,
                .comparison(field, expected: expected, found: found))
        }
    }

    /// What was freed before the next snapshot: all that the next dataset's deadlist holds, as long as the snapshot is there
    /// (`dsl_bookmark_next_changed`).
    private func freed(
        of snapshot: GraphDataset, _ bookmark: Bookmark, _ graph: DatasetGraph,
        _ context: CheckContext
    ) -> [(String, UInt64, UInt64)] {
        guard let next = graph.datasets[snapshot.stored.nextSnapshot],
            let deadlist = try? Deadlist(
                next.stored.deadlist, MetaObjects(context.pool.meta.set, notes: PoolNotes())),
            case .byBirth(let header, _) = deadlist.form
        else { return [] }
        return [
            (
                "zbm_referenced_freed_before_next_snap", header.usedBytes,
                bookmark.referencedFreedBytes
            ),
            (
                "zbm_compressed_freed_before_next_snap", header.compressedBytes,
                bookmark.compressedFreedBytes
            ),
            (
                "zbm_uncompressed_freed_before_next_snap", header.uncompressedBytes,
                bookmark.uncompressedFreedBytes
            ),
        ]
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
        return try flaw(behind: list, object, perBlock)
    }

    /// Ranges that the list does not count, and snapshots that it does not name.
    private func flaw(
        behind list: RedactionList, _ object: DMUObject, _ perBlock: UInt64
    ) throws -> String? {
        if let block = try object.orderedBlock(list.entryCount / perBlock) {
            let start = Int(list.entryCount % perBlock) * RedactedRange.byteCount
            let bytes = try block.bytes.rawBytes.slice(at: start, count: RedactedRange.byteCount)
            guard bytes.isAllZero else {
                return "it counts \(list.entryCount) ranges, and there are more"
            }
        }
        let size = RedactionList.Layout.snapshotsOffset + 8 * list.snapshots.count
        guard object.dnode.spillPointer == nil, object.bonus.count != size else { return nil }
        return "it names \(list.snapshots.count) snapshots in a bonus of "
            + "\(object.bonus.count) bytes"
    }

    private func report(
        _ kind: ProblemKind, _ location: Location, _ context: CheckContext, _ evidence: Record
    ) {
        context.report(Problem(kind, at: location, evidence: evidence))
    }
}
