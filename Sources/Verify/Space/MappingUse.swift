import Objects
import Vdevs

/// What of removed vdevs is still in use: the places that blocks still have there.
///
/// A block keeps the address that it was written to, whatever became of the vdev. So the addresses that a walk meets say
/// which parts of a mapping are needed, and all the rest of it is obsolete. Mirrors what `zdb_claim_removing` and
/// `zdb_check_for_obsolete_leaks` (`cmd/zdb/zdb.c`) compare.
package struct MappingUse: Sendable {
    /// In bytes of each vdev.
    private var used: [UInt32: RangeSet] = [:]

    /// Whether no block lies on a removed vdev.
    var isEmpty: Bool { used.isEmpty }

    /// The ranges of a removed vdev that blocks lie in, in order.
    func ranges(of vdev: UInt32) -> [Range<UInt64>] { used[vdev]?.ranges ?? [] }

    mutating func add(_ range: SpaceRange) {
        used[range.vdev, default: RangeSet()].insert(range.bytes)
    }

    mutating func add(_ other: MappingUse) {
        for (vdev, set) in other.used {
            guard used[vdev] != nil else {
                used[vdev] = set
                continue
            }
            for range in set.ranges { used[vdev]?.insert(range) }
        }
    }

    /// Notes where mappings lead to vdevs that were removed later, whose mappings are then needed too.
    mutating func follow(through vdevs: VdevTree) {
        let removed = Set(vdevs.tops.filter { $0.kind == .indirect }.map(\.id))
        // A chain is no longer than there are vdevs; each round follows one link more.
        for _ in removed {
            var found = MappingUse()
            for (vdev, set) in used {
                guard let mapping = vdevs.mapping(of: vdev),
                    mapping.entries.contains(where: { removed.contains($0.destination.vdev) })
                else { continue }
                for range in set.ranges {
                    Self.forEachPiece(of: range, mapping) { piece in
                        let isKnown = used[piece.vdev]?.contains(piece.bytes) ?? false
                        if removed.contains(piece.vdev), !isKnown { found.add(piece) }
                    }
                }
            }
            guard !found.isEmpty else { return }
            add(found)
        }
    }

    private static func forEachPiece(
        of range: Range<UInt64>, _ mapping: IndirectMapping, _ body: (SpaceRange) -> Void
    ) {
        var position = range.lowerBound
        while position < range.upperBound, let entry = mapping.entry(at: position) {
            // Sound: the entry covers `position`.
            let skipped = position - entry.source
            let count = min(entry.byteCount - skipped, range.upperBound - position)
            let (start, past) = entry.destination.offset.addingReportingOverflow(skipped)
            let (end, overflow) = start.addingReportingOverflow(count)
            guard !past, !overflow else { return }
            body(SpaceRange(vdev: entry.destination.vdev, bytes: start..<end))
            position += count
        }
    }
}
