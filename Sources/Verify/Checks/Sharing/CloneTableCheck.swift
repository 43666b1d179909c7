import Bytes
import Datasets
import Objects
import Vdevs

/// BR1, BR2, BR5: a vdev's block reference table has the form that it must, and counts its entries right.
struct CloneTableCheck: Check {
    static let kinds: [ProblemKind] = [
        .cloneTable, .cloneHeader, .cloneEntry, .cloneRegion, .cloneTotals,
    ]

    func run(_ context: CheckContext) {
        let notes = PoolNotes()
        for table in context.pool.blockReferences(noting: notes).vdevs {
            guard !context.isCancelled else { return }
            check(table, context)
        }
        for note in notes.all where note.code == .cloneTableUnreadable {
            var location = Location()
            location.objectSet = 0
            location.key = note.place
            context.report(
                Problem(.cloneTable, at: location, evidence: Record(["cause": .text(note.cause)])))
        }
        for note in notes.all where note.code == .cloneTableEntry {
            var location = Location()
            location.objectSet = 0
            location.key = note.place
            context.report(
                Problem(.cloneEntry, at: location, evidence: Record(["cause": .text(note.cause)])))
        }
    }

    private func check(_ table: BlockReferences, _ context: CheckContext) {
        let header = table.header
        let vdev = context.pool.rootConfig.children.enumerated().first {
            UInt64(table.vdev) == ($0.element.id ?? UInt64($0.offset))
        }?.element
        for flaw in flaws(in: header, vdev) {
            context.report(
                Problem(
                    .cloneHeader, at: location(table, object: table.object),
                    evidence: Record(["cause": .text(flaw)])))
        }
        let counters: [UInt16]
        var counts: RegionCounts
        var total: UInt64 = 0
        do {
            let count = try table.counterCount
            guard count <= context.options.memory / 4 / RegionCounts.bytesPerRegion else {
                context.leaveUnchecked(
                    "the table of clones of vdev \(table.vdev)",
                    "its counters take more than the memory that there is for them; a larger "
                        + "`--memory` may be enough")
                return
            }
            counts = RegionCounts(count: count)
            counters = try table.counters()
            try table.forEachReference { reference in
                total &+= 1
                if header.rangeSize > 0 {
                    counts.add(reference.offset / header.rangeSize)
                }
                guard let flaw = flaw(in: reference, vdev) else { return }
                var place = location(table, object: header.entries)
                place.offset = reference.offset
                context.report(
                    Problem(
                        .cloneEntry, at: place, evidence: Record(["cause": .text(flaw)])))
            }
        } catch {
            context.report(
                Problem(
                    .cloneTable, at: location(table, object: table.object),
                    evidence: Record(["cause": .text("\(error)")])))
            return
        }
        compare(counters, counts, table, context)
        guard total != header.totalCount else { return }
        context.report(
            Problem(
                .cloneTotals, at: location(table, object: table.object),
                evidence: .comparison("bvp_totalcount", expected: total, found: header.totalCount)))
    }

    private func compare(
        _ counters: [UInt16], _ counts: RegionCounts, _ table: BlockReferences,
        _ context: CheckContext
    ) {
        counts.forEachDifference(from: counters) { region, expected, found in
            var place = location(table, object: table.object)
            place.offset =
                region.multipliedReportingOverflow(by: table.header.rangeSize)
                .partialValue
            place.size = table.header.rangeSize
            context.report(
                Problem(
                    .cloneRegion, at: place,
                    evidence: Record([
                        "region": .number(region), "expected": .number(expected),
                        "found": .number(UInt64(found)),
                    ])))
        }
    }

    private func flaws(in header: BlockReferencesHeader, _ vdev: VdevConfig?) -> [String] {
        var flaws: [String] = []
        if header.rangeSize != BlockReferences.rangeSize {
            flaws.append(
                "its ranges have \(header.rangeSize) bytes instead of \(BlockReferences.rangeSize)")
        }
        if header.byteOrder > 1 { flaws.append("its byte order is \(header.byteOrder)") }
        guard let most = vdev?.mostReferenceCounters(rangeSize: header.rangeSize) else {
            return flaws
        }
        // A vdev that grew keeps the counters that it had; so does one that is not written since.
        if header.size > most || header.size == 0 {
            flaws.append("it has \(header.size) counters, but its vdev has room for \(most)")
        }
        return flaws
    }

    private func flaw(in reference: BlockReference, _ vdev: VdevConfig?) -> String? {
        if reference.extra == 0 { return "it counts no reference" }
        if let asize = vdev?.asize, reference.offset >= asize {
            return "it lies past the end of the vdev"
        }
        return nil
    }

    private func location(_ table: BlockReferences, object: UInt64) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.vdev = UInt64(table.vdev)
        return location
    }
}
