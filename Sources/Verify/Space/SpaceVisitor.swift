import Blocks
import Bytes
package import Devices
package import Objects
package import Vdevs

/// One worker's share of a space check: claims what each block takes, and notes pointers that can't be.
package final class SpaceVisitor: CensusVisitor {
    private let context: SpaceContext
    private var collector: ClaimCollector
    package private(set) var totals = BlockTotals()
    package private(set) var problems: [Problem] = []
    /// Problems that are counted and not kept.
    package private(set) var omittedCount = 0
    /// Subtrees that could not be entered, so that what they own is unknown.
    package private(set) var unreadableCount = 0
    /// Why claims were lost, if they were: the scratch file failed.
    package private(set) var failure: DeviceError?
    private static let mostProblems = 10_000
    /// Real gang trees have fewer than ten levels.
    private static let deepestGang = 32

    package init(_ context: SpaceContext) {
        self.context = context
        collector = ClaimCollector(context.claims)
    }

    /// Hands over the last claims; to be called when the walk has ended.
    package func finish() {
        do {
            try collector.finish()
        } catch {
            failure = failure ?? error
        }
    }

    package func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard !pointer.isRedacted else { return false }
        checkBirth(pointer, place)
        let reference = context.shared.note(pointer)
        if case .again = reference {
            totals.add(pointer, isShared: true)
            return false
        }
        totals.add(pointer, isShared: false)
        guard !pointer.isEmbedded else { return place.level > 0 }
        if case .first(let addresses) = reference {
            for address in addresses { claim(address, of: pointer, place) }
        } else {
            claimCopies(of: pointer, place)
        }
        return true
    }

    package func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}

    package func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        unreadableCount += 1
        report(.blockUnreadable, pointer, place, Record(["cause": .text("\(error)")]))
    }

    package func finishedBlock() {}

    /// Claims a run of a vdev that something other than a block pointer owns, such as a checkpoint.
    package func claim(_ range: Range<UInt64>, vdev: UInt32) {
        guard let position = context.position(of: vdev) else { return }
        claim(range, position)
    }

    private func claimCopies(of pointer: BlockPointer, _ place: BlockPlace) {
        for index in 0..<(pointer.isEncrypted ? 2 : 3) {
            let address = pointer.dva(index)
            if !address.isEmpty { claim(address, of: pointer, place) }
        }
        if pointer.isGang { claimMembers(of: pointer, place, depth: 0) }
    }

    /// The header of a gang block takes little; its members are blocks of their own.
    private func claimMembers(of pointer: BlockPointer, _ place: BlockPlace, depth: Int) {
        guard depth < Self.deepestGang else {
            report(.blockUnreadable, pointer, place, Record(["cause": "the gang tree is too deep"]))
            return
        }
        let header: GangHeader
        do {
            header = try context.reader.gangHeader(pointer).header
        } catch {
            unreadableCount += 1
            report(.blockUnreadable, pointer, place, Record(["cause": .text("\(error)")]))
            return
        }
        for member in header.pointers where !member.isHole {
            for index in 0..<3 where !member.dva(index).isEmpty {
                claim(member.dva(index), of: member, place)
            }
            if member.isGang { claimMembers(of: member, place, depth: depth + 1) }
        }
    }

    private func claim(_ address: DVA, of pointer: BlockPointer, _ place: BlockPlace) {
        var size = address.allocatedSize
        if address.isGang {
            do {
                size = try context.reader.vdevs.gangHeaderAllocatedSize(vdev: address.vdev)
            } catch {
                report(.pointerNoVdev, pointer, place, address: address)
                return
            }
        }
        if let position = context.position(of: address.vdev) {
            claim(address, size: size, position, pointer, place)
        } else {
            claimRemapped(address, size: size, pointer, place)
        }
    }

    /// The address is on a removed vdev: what is owned is where its mapping leads.
    private func claimRemapped(
        _ address: DVA, size: UInt64, _ pointer: BlockPointer, _ place: BlockPlace
    ) {
        guard context.reader.vdevs.mapping(of: address.vdev) != nil,
            let count = Int(exactly: size)
        else {
            report(.pointerNoVdev, pointer, place, address: address)
            return
        }
        do {
            for segment in try context.reader.vdevs.segments(of: address, count: count) {
                claim(
                    segment.offset..<segment.offset &+ UInt64(segment.byteCount),
                    vdev: segment.vdev)
            }
        } catch {
            report(.pointerOutOfBounds, pointer, place, address: address)
        }
    }

    private func claim(
        _ address: DVA, size: UInt64, _ position: Int, _ pointer: BlockPointer, _ place: BlockPlace
    ) {
        let vdev = context.claims.vdevs[position]
        let end = vdev.start(ofMetaslab: vdev.metaslabCount)
        guard size <= end, address.offset <= end - size else {
            report(.pointerOutOfBounds, pointer, place, address: address)
            return
        }
        let unit = UInt64(1) << UInt64(vdev.ashift)
        guard (address.offset | size) & (unit - 1) == 0, size > 0 else {
            report(.pointerMisaligned, pointer, place, address: address)
            return
        }
        let range = address.offset..<address.offset + size
        if range.lowerBound >> UInt64(vdev.metaslabShift)
            != (range.upperBound - 1) >> UInt64(vdev.metaslabShift)
        {
            report(.pointerCrossesMetaslab, pointer, place, address: address)
        }
        claim(range, position)
    }

    /// Claims a range that lies on the vdev, cut where metaslabs meet.
    private func claim(_ range: Range<UInt64>, _ position: Int) {
        let vdev = context.claims.vdevs[position]
        let shift = UInt64(vdev.metaslabShift)
        var start = range.lowerBound
        while start < range.upperBound {
            let index = Int(truncatingIfNeeded: start >> shift)
            guard index < vdev.metaslabCount else { return }
            let base = vdev.start(ofMetaslab: index)
            let end = min(range.upperBound, base + vdev.metaslabSize)
            let units =
                Int(
                    truncatingIfNeeded: (start - base) >> UInt64(vdev.ashift))..<Int(
                    truncatingIfNeeded: (end - base) >> UInt64(vdev.ashift))
            do {
                try collector.claim(
                    units, inShard: context.claims.shard(vdev: position, metaslab: index))
            } catch {
                failure = failure ?? error
            }
            start = end
        }
    }

    private func checkBirth(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard pointer.logicalBirth > context.lastTxg || pointer.physicalBirth > context.lastTxg
        else { return }
        report(
            .pointerFuture, pointer, place,
            Record([
                "birth": .txg(pointer.logicalBirth),
                "physical_birth": .txg(pointer.physicalBirth),
                "newest_txg": .txg(context.lastTxg),
            ]))
    }

    private func report(
        _ kind: ProblemKind, _ pointer: BlockPointer, _ place: BlockPlace,
        _ evidence: Record = Record(), address: DVA? = nil
    ) {
        guard problems.count < Self.mostProblems else {
            omittedCount += 1
            return
        }
        var location = Location(place)
        if let address = address ?? (pointer.isEmbedded ? nil : pointer.dva(0)) {
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
        }
        location.txg = pointer.birth
        problems.append(Problem(kind, at: location, evidence: evidence))
    }
}

extension Location {
    /// The place of a block in the pool's trees.
    init(_ place: BlockPlace) {
        self.init()
        objectSet = place.objectSet
        object = place.object
        level = Int64(place.level)
        blockID = place.index
    }
}
