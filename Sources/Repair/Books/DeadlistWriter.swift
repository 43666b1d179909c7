import Bytes
import Datasets
import Objects
import Vdevs

/// Puts blocks on a dataset's deadlist: those that its last snapshot has and it no longer has; or on a clone's livelist:
/// those that were written to it, and those that were freed again.
///
/// Mirrors `dsl_deadlist_insert` and `dle_enqueue` (`module/zfs/dsl_deadlist.c`).
struct DeadlistWriter {
    let pool: Pool
    let deflation: Deflation

    func insert(
        _ pointers: [BlockPointer], areFrees: Bool = false, into number: UInt64,
        of meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard !pointers.isEmpty else { return }
        let lists = PointerListWriter(deflation: deflation)
        let deadlist = try RepairError.pool { () throws(PoolError) in
            try Deadlist(number, pool.meta)
        }
        guard case .byBirth(_, let parts) = deadlist.form else {
            return try lists.append(pointers, areFrees: areFrees, to: number, of: &meta)
        }
        var byPart: [Int: [BlockPointer]] = [:]
        for pointer in pointers {
            guard let part = parts.lastIndex(where: { $0.minimumTxg < pointer.birth }) else {
                throw .changed("the deadlist \(number) has no list for txg \(pointer.birth)")
            }
            byPart[part, default: []].append(pointer)
        }
        for (part, own) in byPart.sorted(by: { $0.key < $1.key }) {
            let list = try usableList(parts[part], of: number, in: &meta)
            try lists.append(own, areFrees: areFrees, to: list, of: &meta)
        }
        let total = SpaceBalance(
            written: areFrees ? [] : pointers, freed: areFrees ? pointers : [], deflation)
        try meta.edit(number) { object throws(RepairError) in
            let (bonus, order) = (try object.bonus, object.order)
            var header = try RepairError.format(of: number) { () throws(FormatError) in
                try DeadlistHeader(bonus.rawBytes, order)
            }
            header.usedBytes = header.usedBytes.changed(by: total.used)
            header.compressedBytes = header.compressedBytes.changed(by: total.compressed)
            header.uncompressedBytes = header.uncompressedBytes.changed(by: total.uncompressed)
            let changed = header
            try object.editBonus { bytes throws(FormatError) in
                try changed.encode(into: &bytes, order)
            }
        }
    }

    /// The list of a part; one of its own where it shares the pool's empty list.
    private func usableList(
        _ part: Deadlist.Part, of deadlist: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) -> UInt64 {
        let name = String(part.minimumTxg.rawValue, radix: 16)
        let current = try meta.object(deadlist).word(name) ?? part.list
        guard current == pool.directory.object(.emptyList) else { return current }
        let lists = PointerListRebuild(pool: pool, deflation: deflation)
        let number = try lists.add(to: &meta)
        try meta.edit(deadlist) { map throws(RepairError) in try map.setWord(name, number) }
        try lists.releaseEmpty(1, in: &meta)
        return number
    }
}
