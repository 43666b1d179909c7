import Bytes
import Objects
import Vdevs

/// Reads the mappings of removed vdevs from the MOS and gives them to the vdev tree.
///
/// The newest removal comes first: blocks of an older mapping may themselves lie on a vdev that was removed
/// later, so that only the newer mapping tells where they are. Mirrors `spa_remove_init`
/// (`module/zfs/vdev_removal.c`).
struct IndirectMappings {
    let root: VdevConfig
    let meta: MetaObjects
    let directory: ObjectDirectory

    /// More entries than the mappings of a pool have together, all of which the kernel holds in memory, too.
    private static let mostEntries = 1 << 24

    func install(in vdevs: VdevTree) {
        var left = Self.mostEntries
        for top in ordered() {
            guard let id = top.id.flatMap({ UInt32(exactly: $0) }) else { continue }
            do throws(PoolError) {
                let mapping = try mapping(of: top, limit: left)
                left -= mapping.entries.count
                vdevs.installMapping(mapping, for: id)
            } catch {
                meta.notes.damage(
                    "vdev \(id)",
                    "it was removed, and where its blocks went can't be read: \(error)",
                    code: .mappingUnreadable)
            }
        }
    }

    /// The removed vdevs, the newest removal first; those that the chain does not reach come last.
    private func ordered() -> [VdevConfig] {
        var left = root.children.filter { $0.kind == .indirect }
        var ordered: [VdevConfig] = []
        var next = previousOfRemoval()
        while let id = next, let index = left.firstIndex(where: { $0.id == id }) {
            let top = left.remove(at: index)
            ordered.append(top)
            next = top.previousIndirectVdev
        }
        if !left.isEmpty {
            meta.notes.damage(
                "removed vdevs",
                "their chain does not reach \(left.map(\.name).joined(separator: ", "))",
                code: .removalChain)
        }
        return ordered + left
    }

    /// The vdev that was removed last.
    private func previousOfRemoval() -> UInt64? {
        guard let value = directory.value(.removing) else { return nil }
        do {
            return try RemovalState(words: value.words).previousIndirectVdev
        } catch {
            meta.notes.damage(
                "object directory (\(ObjectDirectory.Key.removing.rawValue))", "\(error)",
                code: .removalState)
            return nil
        }
    }

    /// Throws where there are more than `limit` entries.
    func mapping(
        of top: VdevConfig, limit: Int = mostEntries
    ) throws(PoolError) -> IndirectMapping {
        guard let number = top.indirectObject, number != 0 else {
            // Nothing was on it when it was removed.
            return IndirectMapping(entries: [])
        }
        let object = try meta.object(number)
        let size = UInt64(IndirectMapping.entryByteCount)
        let header: IndirectMappingHeader
        do {
            header = try IndirectMappingHeader(object.bonus.rawBytes, object.order)
        } catch {
            throw .format(object: number, error)
        }
        guard header.entryCount <= object.byteCount / size,
            let count = Int(exactly: header.entryCount * size)
        else {
            throw .format(
                object: number, FormatError("vimp_num_entries", .badValue(header.entryCount)))
        }
        guard header.entryCount <= UInt64(limit) else {
            throw .object(
                ObjectError(
                    object: number,
                    .limit("all mappings together have more than \(Self.mostEntries) entries")))
        }
        let (bytes, order) = try read(object, count: count)
        do {
            return try IndirectMapping(bytes.rawBytes, order)
        } catch {
            throw .format(object: number, error)
        }
    }

    /// The bytes of the entries, with the order of the first block that holds them.
    private func read(
        _ object: DMUObject, count: Int
    ) throws(PoolError) -> (bytes: [UInt8], order: ByteOrder) {
        guard count > 0 else { return ([], object.order) }
        do {
            let order = try object.orderedBlock(0)?.order ?? object.order
            return (try object.read(at: 0, count: count), order)
        } catch {
            throw .object(error)
        }
    }
}
