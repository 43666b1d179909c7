import Bytes
import Objects
package import Vdevs

/// What of the mapping of a removed vdev is counted as obsolete.
extension Pool {
    /// The counts of a mapping as they are stored.
    package struct ObsoleteCounts: Sendable {
        /// The object that holds them.
        package let object: UInt64
        /// For each entry of the mapping, in its order, how many bytes nothing refers to any more; fewer where the object has
        /// no room for all.
        package let values: [UInt32]
    }

    /// How many bytes of each entry of a removed vdev's mapping are counted as obsolete; nil where its mapping counts none.
    ///
    /// Mirrors `vdev_indirect_mapping_load_obsolete_counts` (`module/zfs/vdev_indirect_mapping.c`).
    package func obsoleteCounts(of vdev: VdevConfig) throws(PoolError) -> ObsoleteCounts? {
        guard let number = vdev.indirectObject, number != 0 else { return nil }
        let mapping = try meta.object(number)
        let header: IndirectMappingHeader
        do {
            header = try IndirectMappingHeader(mapping.bonus.rawBytes, mapping.order)
        } catch {
            throw .format(object: number, error)
        }
        guard let object = header.countsObject, object != 0 else { return nil }
        let stored = try meta.object(object)
        guard let count = Int(exactly: min(header.entryCount, stored.byteCount / 4)) else {
            throw .format(
                object: number, FormatError("vimp_num_entries", .badValue(header.entryCount)))
        }
        guard count > 0 else { return ObsoleteCounts(object: object, values: []) }
        do {
            let order = try stored.orderedBlock(0)?.order ?? stored.order
            let bytes = try stored.read(at: 0, count: count * 4)
            return ObsoleteCounts(object: object, values: Self.counts(in: bytes, order))
        } catch {
            throw .object(error)
        }
    }

    private static func counts(
        in bytes: [UInt8], _ order: ByteOrder
    ) -> [UInt32] {
        var values: [UInt32] = []
        values.reserveCapacity(bytes.count / 4)
        let raw = bytes.rawBytes
        for place in stride(from: 0, to: bytes.count - 3, by: 4) {
            guard let value: UInt32 = try? raw.integer(at: place, order) else { break }
            values.append(value)
        }
        return values
    }
}
