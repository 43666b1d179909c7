import Objects
import Vdevs

/// What of removed vdevs is still in use: the places that blocks still have there.
///
/// A block keeps the address that it was written to, whatever became of the vdev. So the addresses that a walk meets say
/// which parts of a mapping are needed, and all the rest of it is obsolete. Mirrors what `zdb_claim_removing` and
/// `zdb_check_for_obsolete_leaks` (`cmd/zdb/zdb.c`) compare.
package struct MappingUse: Sendable {
    /// In bytes of each vdev.
    private var used: [UInt32: HeldRanges] = [:]
    private let memory: MemoryShare

    /// `memory` is what the ranges of all workers may take together.
    init(_ memory: MemoryShare) { self.memory = memory }

    /// Whether there was memory for all ranges of a removed vdev that blocks lie in.
    func isWhole(_ vdev: UInt32) -> Bool { used[vdev]?.isWhole ?? true }

    /// Gives the ranges of a removed vdev that blocks lie in to `body`, in order.
    func forEachRange(of vdev: UInt32, _ body: (Range<UInt64>) -> Void) {
        used[vdev]?.set.forEachRange(body)
    }

    mutating func add(_ range: SpaceRange) {
        used[range.vdev, default: HeldRanges(memory)].insert(range.bytes)
    }

    /// Takes what another has noted, who gives its memory back.
    mutating func add(_ other: MappingUse) {
        for (vdev, held) in other.used {
            guard var own = used.removeValue(forKey: vdev) else {
                used[vdev] = held
                continue
            }
            if held.isWhole {
                held.set.forEachRange { own.insert($0) }
                var held = held
                held.end()
            } else {
                own.lose()
            }
            used[vdev] = own
        }
    }

    /// Notes that something of what a mapping leads to is unknown.
    private mutating func lose(_ mapping: IndirectMapping, _ removed: Set<UInt32>) {
        for vdev in Set(mapping.entries.lazy.map(\.destination.vdev)) where removed.contains(vdev) {
            used[vdev, default: HeldRanges(memory)].lose()
        }
    }

    /// Notes where mappings lead to vdevs that were removed later, whose mappings are then needed too.
    mutating func follow(through vdevs: VdevTree) {
        let removed = Set(vdevs.tops.filter { $0.kind == .indirect }.map(\.id))
        // A chain is no longer than there are vdevs; each round follows one link more.
        for _ in removed {
            var found = MappingUse(memory)
            for (vdev, held) in used {
                guard let mapping = vdevs.mapping(of: vdev),
                    mapping.entries.contains(where: { removed.contains($0.destination.vdev) })
                else { continue }
                if !held.isWhole { found.lose(mapping, removed) }
                held.set.forEachRange { range in
                    Self.forEachPiece(of: range, mapping) { piece in
                        let isKnown = used[piece.vdev]?.set.contains(piece.bytes) ?? false
                        if removed.contains(piece.vdev), !isKnown { found.add(piece) }
                    }
                }
            }
            guard !found.used.isEmpty else { return }
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
