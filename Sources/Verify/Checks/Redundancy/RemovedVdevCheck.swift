import Bytes
import Datasets
import Objects
import Vdevs

/// Whether the mapping of each removed vdev agrees with its own head: entries sorted and disjoint, totals, births, and
/// counts of what is obsolete (`vdev_indirect_mapping.c`, `vdev_indirect_births.c`).
struct RemovedVdevCheck: Check {
    static let kinds: [ProblemKind] = [.indirectMapping, .indirectBirths, .indirectCounts]

    func run(_ context: CheckContext) {
        for (index, top) in context.pool.rootConfig.children.enumerated() {
            let vdev = top.id ?? UInt64(index)
            if let mapping = top.indirectObject, mapping != 0 {
                checkMapping(mapping, of: top, vdev, context)
            }
            if let births = top.indirectBirths, births != 0 {
                checkBirths(births, top, vdev, context)
            }
        }
    }

    private func checkMapping(
        _ number: UInt64, of top: VdevConfig, _ vdev: UInt64, _ context: CheckContext
    ) {
        do {
            let object = try context.pool.meta.object(number)
            let header = try IndirectMappingHeader(object.bonus.rawBytes, object.order)
            // Three words, and one more where obsolete space is counted.
            if ![24, 32].contains(object.bonus.count) {
                report(
                    .indirectMapping, number, vdev, context,
                    "its header has \(object.bonus.count) bytes, not 24 or 32")
            }
            let size = UInt64(IndirectMapping.entryByteCount)
            guard let count = Int(exactly: header.entryCount), header.entryCount < 1 << 32,
                header.entryCount * size <= object.byteCount
            else {
                return report(
                    .indirectMapping, number, vdev, context,
                    "vimp_num_entries is \(header.entryCount), more than the object has room for")
            }
            let mapping = try context.pool.mapping(of: top)
            let stored = try storedFlaws(object, count: count)
            if let place = stored.superfluous {
                report(
                    .indirectMapping, number, vdev, context,
                    "entry \(place) has bits that are always zero")
            }
            if let (place, source) = stored.unsorted {
                report(
                    .indirectMapping, number, vdev, context,
                    "entry \(place) begins at \(source), not after the one before it")
            }
            checkEntries(mapping, header, number, vdev, context)
            if let stored = try context.pool.obsoleteCounts(of: top) {
                checkCounts(stored, mapping, vdev, context)
            }
        } catch {
            context.leaveUnchecked("the mapping of removed vdev \(vdev)", "\(error)")
        }
    }

    /// The first entries that are not as they are written.
    private struct StoredFlaws {
        /// One with bits that mean nothing.
        var superfluous: Int?
        /// One that does not begin after the one before it, in bytes.
        var unsorted: (place: Int, source: UInt64)?
    }

    /// Entries that are read at once.
    private static let batchSize = 4096

    /// Reads the entries as they are stored, batch by batch.
    private func storedFlaws(_ object: DMUObject, count: Int) throws -> StoredFlaws {
        let order = try object.orderedBlock(0)?.order ?? object.order
        let size = IndirectMapping.entryByteCount
        var flaws = StoredFlaws()
        var last: UInt64?
        for first in stride(from: 0, to: count, by: Self.batchSize) {
            let batch = min(Self.batchSize, count - first)
            let bytes = try object.read(at: UInt64(first * size), count: batch * size)
            let raw = bytes.rawBytes
            for place in 0..<batch {
                let words = try (0..<3).map {
                    try raw.integer(at: place * size + $0 * 8, order, as: UInt64.self)
                }
                // Offsets in sectors have 55 bits below the mark, and eight bits of a size's word have no use.
                if flaws.superfluous == nil,
                    (words[0] << 1) >> 56 != 0 || words[1] >> 56 != 0 || (words[2] << 1) >> 56 != 0
                {
                    flaws.superfluous = first + place
                }
                let source = words[0] << 9
                if flaws.unsorted == nil, let last, source <= last {
                    flaws.unsorted = (first + place, source)
                }
                last = source
            }
        }
        return flaws
    }

    private func checkEntries(
        _ mapping: IndirectMapping, _ header: IndirectMappingHeader,
        _ number: UInt64, _ vdev: UInt64, _ context: CheckContext
    ) {
        var sum: UInt64 = 0
        var end: UInt64 = 0
        for entry in mapping.entries {
            if entry.source < end || entry.byteCount == 0 {
                report(
                    .indirectMapping, number, vdev, context,
                    "the entry at \(entry.source) overlaps the one before it or is empty")
                break
            }
            // Sound: offsets and sizes as an entry can hold them are below 2^63 and 2^33.
            end = entry.source &+ entry.byteCount
            sum &+= entry.byteCount
        }
        if sum != header.bytesMapped {
            report(
                .indirectMapping, number, vdev, context,
                "vimp_bytes_mapped is \(header.bytesMapped), but the entries map \(sum)")
        }
        if header.maximumOffset != end {
            report(
                .indirectMapping, number, vdev, context,
                "vimp_max_offset is \(header.maximumOffset), but entries reach to \(end)")
        }
    }

    /// One number of 32 bits for each entry: how much of it nothing refers to any more.
    private func checkCounts(
        _ stored: Pool.ObsoleteCounts, _ mapping: IndirectMapping, _ vdev: UInt64,
        _ context: CheckContext
    ) {
        guard stored.values.count >= mapping.entries.count else {
            return report(
                .indirectCounts, stored.object, vdev, context,
                "there are \(stored.values.count) counts for \(mapping.entries.count) entries")
        }
        let wrong = zip(stored.values, mapping.entries).enumerated()
            .first { UInt64($0.element.0) > $0.element.1.byteCount }
        guard let wrong else { return }
        let (count, entry) = wrong.element
        report(
            .indirectCounts, stored.object, vdev, context,
            "count \(wrong.offset) is \(count), but its entry has \(entry.byteCount) bytes")
    }

    /// What an entry takes as it is stored and as it is read.
    private static let bytesPerBirth =
        IndirectBirths.entryByteCount + MemoryLayout<IndirectBirths.Entry>.stride

    private func checkBirths(
        _ number: UInt64, _ top: VdevConfig, _ vdev: UInt64, _ context: CheckContext
    ) {
        do {
            let object = try context.pool.meta.object(number)
            let count = try IndirectBirths.Layout.count.read(object.bonus.rawBytes, object.order)
            if object.bonus.count != IndirectBirths.headerByteCount {
                report(
                    .indirectBirths, number, vdev, context,
                    "its header has \(object.bonus.count) bytes, not "
                        + "\(IndirectBirths.headerByteCount)")
            }
            let size = UInt64(IndirectBirths.entryByteCount)
            guard let length = Int(exactly: count), count < 1 << 32,
                count * size <= object.byteCount
            else {
                return report(
                    .indirectBirths, number, vdev, context,
                    "vib_count is \(count), more than the object has room for")
            }
            guard length <= context.options.memory / 8 / Self.bytesPerBirth else {
                return context.leaveUnchecked(
                    "the births of removed vdev \(vdev)",
                    "they take more than the memory that there is for them; a larger `--memory` may "
                        + "be enough")
            }
            let order = try object.orderedBlock(0)?.order ?? object.order
            let bytes = try object.read(at: 0, count: length * IndirectBirths.entryByteCount)
            let entries = try IndirectBirths(bytes.rawBytes, order).entries
            // Each time entries of the mapping are written, one here says how far they reach (`vdev_mapping_sync`).
            let mapping = top.indirectObject ?? 0
            if mapping != 0, let own = try? context.pool.meta.object(mapping),
                let header = try? IndirectMappingHeader(own.bonus.rawBytes, own.order),
                !(header.maximumOffset...max(header.maximumOffset, top.asize ?? .max))
                    .contains(entries.last?.end ?? 0)
            {
                report(
                    .indirectBirths, number, vdev, context,
                    "the births reach to \(entries.last?.end ?? 0), the mapping to "
                        + "\(header.maximumOffset)")
            }
            for (place, entry) in entries.enumerated() {
                let isLate = entry.physicalBirth > context.pool.txg
                let isBefore =
                    place > 0
                    && (entry.end < entries[place - 1].end
                        || entry.physicalBirth < entries[place - 1].physicalBirth)
                guard isLate || isBefore else { continue }
                report(
                    .indirectBirths, number, vdev, context,
                    "entry \(place), up to \(entry.end) in group \(entry.physicalBirth), is "
                        + (isLate
                            ? "later than the pool's newest group" : "before the one ahead of it"))
                break
            }
        } catch {
            context.leaveUnchecked("the births of removed vdev \(vdev)", "\(error)")
        }
    }

    private func report(
        _ kind: ProblemKind, _ object: UInt64, _ vdev: UInt64, _ context: CheckContext,
        _ cause: String
    ) {
        var location = Location(objectSet: 0, object: object)
        location.vdev = vdev
        context.report(Problem(kind, at: location, evidence: Record(["cause": .text(cause)])))
    }
}
