import Bytes
import Datasets
import Objects
import Vdevs

/// IN2: every piece of a removed vdev was copied to a vdev that is there or was removed later, and lies within it.
///
/// Pieces may lie where others do: what nothing refers to any more was freed and used again, also for pieces that were
/// copied after it. That what is in use is allocated and not shared is for the comparison of space, block by block.
struct MappingDestinationCheck: Check {
    static let kinds: [ProblemKind] = [.mappingDestination]

    func run(_ context: CheckContext) {
        let pool = context.pool
        let chain = RemovalChain(pool)
        for top in pool.rootConfig.children {
            guard let vdev = top.id, let object = top.indirectObject, object != 0 else { continue }
            guard !context.isCancelled else { return }
            // What keeps a mapping from being read is told by whoever checks the mapping.
            guard let mapping = try? pool.mapping(of: top) else { continue }
            check(mapping, of: vdev, object, chain, context)
        }
    }

    private func check(
        _ mapping: IndirectMapping, of vdev: UInt64, _ object: UInt64, _ chain: RemovalChain,
        _ context: CheckContext
    ) {
        var first: (entry: IndirectMapping.Entry, flaw: String)?
        var count: UInt64 = 0
        for entry in mapping.entries {
            guard let flaw = flaw(of: entry.destination, from: vdev, chain, context.pool) else {
                continue
            }
            if first == nil { first = (entry, flaw) }
            count += 1
        }
        guard let first else { return }
        var location = Location(objectSet: 0, object: object)
        location.vdev = vdev
        location.offset = first.entry.source
        location.size = first.entry.byteCount
        context.report(
            Problem(
                .mappingDestination, at: location,
                evidence: Record([
                    "leads_to_vdev": .number(UInt64(first.entry.destination.vdev)),
                    "leads_to_offset": .offset(first.entry.destination.offset),
                    "cause": .text(first.flaw), "count": .number(count),
                ])))
    }

    private func flaw(
        of address: DVA, from vdev: UInt64, _ chain: RemovalChain, _ pool: Pool
    ) -> String? {
        let target = UInt64(address.vdev)
        if target == vdev { return "it leads back to the vdev that was removed" }
        guard let top = pool.rootConfig.children.first(where: { $0.id == target }),
            top.kind != .hole
        else { return "there is no such vdev" }
        if top.kind == .missing { return nil }
        if top.kind == .indirect {
            return chain.isRemoved(target, before: vdev)
                ? "the vdev that it leads to was removed before" : nil
        }
        let (end, overflow) = address.offset.addingReportingOverflow(address.allocatedSize)
        guard let size = top.asize else { return nil }
        return overflow || end > size ? "it lies past the end of the vdev" : nil
    }
}
