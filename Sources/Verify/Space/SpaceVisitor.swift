import Blocks
import Bytes
package import Devices
package import Objects
package import Vdevs

/// One worker's share of a space check: claims what each block takes, and notes pointers that can't be.
package final class SpaceVisitor: SpaceClaimant {
    private let context: SpaceContext
    private var collector: ClaimCollector
    private var contents: ContentCheck
    package private(set) var totals = BlockTotals()
    package private(set) var problems = ProblemList()
    /// Subtrees that could not be entered, so that what they own is unknown.
    package private(set) var unreadableCount = 0
    /// Why claims were lost, if they were: the scratch file failed.
    package private(set) var failure: DeviceError?
    /// Bytes that this worker has met and not told the meter yet.
    private var uncounted: UInt64 = 0

    package init(_ context: SpaceContext) {
        self.context = context
        collector = ClaimCollector(context.claims)
        contents = ContentCheck(context.space.reader, context.leftovers)
    }

    /// Hands over the last claims; to be called when the walk has ended.
    package func finish() {
        finishedBlock()
        contents.finish(reporting: &problems)
        totals.addRead(contents.readBytes)
        do {
            try collector.finish()
        } catch {
            failure = failure ?? error
        }
    }

    package func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard !pointer.isRedacted else { return false }
        checkPointer(pointer, place)
        switch context.shared.note(pointer) {
        case .again:
            totals.add(pointer, isShared: true)
            return false
        case .own:
            totals.add(pointer, isShared: false)
            guard !pointer.isEmbedded else { return place.level > 0 }
            claim(pointer, nil, place)
        case .first(let addresses):
            totals.add(pointer, isShared: false)
            claim(pointer, addresses.isEmpty ? nil : addresses, place)
        }
        // Sound: sums of sizes of blocks that were met on devices of 2^63 bytes.
        uncounted &+= pointer.allocatedSize
        if isToBeRead(pointer, place) { contents.add(pointer, place) }
        return true
    }

    package func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}

    package func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        unreadableCount += 1
        report(.blockUnreadable, pointer, place, Record(["cause": .text("\(error)")]))
    }

    package func finishedBlock() {
        context.meter.add(uncounted)
        uncounted = 0
        contents.flushIfFull(reporting: &problems)
    }

    package func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {
        claim(SpaceRange(vdev: vdev, bytes: range))
    }

    private func claim(_ pointer: BlockPointer, _ addresses: [DVA]?, _ place: BlockPlace) {
        context.space.forEachRange(of: pointer, addresses: addresses) { range in
            claim(range)
        } flaw: { flaw in
            if flaw.kind == .gangUnreadable { unreadableCount += 1 }
            report(flaw.kind, pointer, place, flaw.evidence, address: flaw.address)
        }
    }

    /// Claims a range that lies on the vdev, cut where metaslabs meet.
    private func claim(_ range: SpaceRange) {
        guard let position = context.position(of: range.vdev) else { return }
        let vdev = context.claims.vdevs[position]
        let shift = UInt64(vdev.metaslabShift)
        var start = range.bytes.lowerBound
        while start < range.bytes.upperBound {
            let index = Int(truncatingIfNeeded: start >> shift)
            guard index < vdev.metaslabCount else { return }
            let base = vdev.start(ofMetaslab: index)
            let end = min(range.bytes.upperBound, base + vdev.metaslabSize)
            let units = vdev.units(start..<end, ofMetaslab: index)
            do {
                try collector.claim(
                    units, inShard: context.claims.shard(vdev: position, metaslab: index))
            } catch {
                failure = failure ?? error
            }
            start = end
        }
    }

    /// Whether the block is read for its checksum's sake alone; what lies above others is read by the walk.
    private func isToBeRead(_ pointer: BlockPointer, _ place: BlockPlace) -> Bool {
        guard context.depth != .none, place.level == 0, pointer.type != .dnode,
            place.origin == .tree
        else { return false }
        return context.depth == .all || pointer.type.isMetadata
    }

    /// What a pointer says of itself must be possible.
    private func checkPointer(_ pointer: BlockPointer, _ place: BlockPlace) {
        if pointer.logicalBirth > context.lastTxg || pointer.physicalBirth > context.lastTxg {
            report(
                .pointerFuture, pointer, place,
                Record([
                    "birth": .txg(pointer.logicalBirth),
                    "physical_birth": .txg(pointer.physicalBirth),
                    "newest_txg": .txg(context.lastTxg),
                ]))
        }
        guard let flaw = PointerSanity.flaw(of: pointer, in: place) else { return }
        report(
            .pointerInvalid, pointer, place,
            Record(["field": .text(flaw.field), "found": .number(flaw.value)]))
    }

    private func report(
        _ kind: ProblemKind, _ pointer: BlockPointer, _ place: BlockPlace,
        _ evidence: Record = Record(), address: DVA? = nil
    ) {
        var location = Location(place)
        if let address = address ?? (pointer.isEmbedded ? nil : pointer.dva(0)) {
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
        }
        location.txg = pointer.birth
        problems.add(Problem(kind, at: location, evidence: evidence))
    }
}
