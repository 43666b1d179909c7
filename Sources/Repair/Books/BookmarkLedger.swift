import Bytes
import Datasets
import Objects
import Vdevs

/// Enters in the bookmarks of a dataset what it no longer refers to.
///
/// A bookmark whose next snapshot is still to come counts what of its own blocks the head frees. Mirrors
/// `dsl_bookmark_block_killed` (`module/zfs/dsl_bookmark.c`).
struct BookmarkLedger {
    let pool: Pool
    let deflation: Deflation

    /// Enters blocks that the head in that object frees; `last` is when the snapshot before it was taken.
    ///
    /// Bookmarks that a cure writes in the same group are left to it.
    func enter(
        _ freed: [BlockPointer], ofHead number: UInt64, since last: TransactionGroup,
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard !freed.isEmpty, let object = try bookmarks(of: number), meta.objects[object] == nil
        else { return }
        let zap = try RepairError.pool { () throws(PoolError) in try pool.meta.zap(object) }
        let contents = zap.contents()
        guard contents.problems.isEmpty else { return }
        var isChanged = false
        let entries = contents.entries.map { entry in
            guard let value = counted(entry.value, freed, since: last) else {
                return ZAPBuilder.Entry(entry)
            }
            isChanged = true
            return ZAPBuilder.Entry(entry.key, value, hash: entry.hash)
        }
        guard isChanged else { return }
        try meta.edit(object) { map throws(RepairError) in
            try map.rebuildZAP(entries, Self.builder(zap), isMicro: zap.isMicro)
        }
    }

    /// The ZAP of the bookmarks of a head; nil where it has none.
    private func bookmarks(of number: UInt64) throws(RepairError) -> UInt64? {
        let fields = try RepairError.pool { () throws(PoolError) in
            try pool.meta.object(number).type.content == .zap
                ? DatasetFields(pool.meta.values(of: number, "dataset")) : DatasetFields()
        }
        return fields.bookmarks.flatMap { $0 == 0 ? nil : $0 }
    }

    /// What makes a ZAP with the same hashes.
    private static func builder(_ zap: ZAP) -> ZAPBuilder {
        switch zap.form {
        case .micro(let micro):
            ZAPBuilder(
                salt: micro.salt, flags: [], normalization: micro.normalization,
                order: zap.object.order)
        case .fat(let header):
            ZAPBuilder(
                salt: header.salt, flags: header.flags, normalization: header.normalization,
                order: zap.object.order)
        }
    }

    /// A bookmark's value with the blocks counted that it refers to; nil where there are none.
    private func counted(
        _ value: ZAPValue, _ freed: [BlockPointer], since last: TransactionGroup
    ) -> ZAPValue? {
        guard value.words.count == Bookmark.byteCount / 8, value.integerSize == 8,
            var bookmark = try? Bookmark(words: value.words, minimum: value.words.count),
            bookmark.hasFreedSums, bookmark.creationTxg >= last
        else { return nil }
        let own = freed.filter { $0.birth <= bookmark.creationTxg }
        guard !own.isEmpty else { return nil }
        let gone = SpaceBalance(written: own, freed: [], deflation)
        bookmark.referencedFreedBytes = bookmark.referencedFreedBytes.changed(by: gone.used)
        bookmark.compressedFreedBytes = bookmark.compressedFreedBytes.changed(by: gone.compressed)
        bookmark.uncompressedFreedBytes = bookmark.uncompressedFreedBytes.changed(
            by: gone.uncompressed)
        // A leaf keeps integers with their high byte first.
        var bytes = [UInt8](repeating: 0, count: Bookmark.byteCount)
        guard (try? bookmark.encode(into: &bytes, .big)) != nil else { return nil }
        return ZAPValue(integerSize: 8, bytes: bytes)
    }
}
