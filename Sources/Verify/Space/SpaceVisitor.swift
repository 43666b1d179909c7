import Blocks
package import Bytes
package import Devices
package import Objects
package import Vdevs

/// One worker's share of a space check: claims what each block takes, and notes pointers that can't be.
///
/// What each block needs stands in the visitor itself, so that workers touch nothing in common from block to block.
package struct SpaceVisitor: SpaceClaimant, ~Copyable {
    private let context: SpaceContext
    private let space: PointerSpace
    private let lastTxg: TransactionGroup
    private let depth: ChecksumDepth
    private let hasSharedBlocks: Bool
    private let proven: Set<UInt64>
    private let earlier: ProvenContents?
    /// Whether blocks that the walk reads itself are looked at more closely too.
    private let isDeep: Bool
    private var collector: ClaimCollector
    private var contents: ContentCheck
    package private(set) var totals = BlockTotals()
    package private(set) var problems = ProblemList()
    /// Subtrees that could not be entered, so that what they own is unknown.
    package private(set) var unreadableCount = 0
    /// What of removed vdevs blocks still have as their addresses.
    private(set) var mappingUse: MappingUse
    /// Why claims were lost, if they were: the scratch file failed.
    package private(set) var failure: DeviceError?
    /// Bytes that this worker has met and not told the meter yet.
    private var uncounted: UInt64 = 0

    package init(_ context: SpaceContext) {
        self.context = context
        space = context.space.copy
        lastTxg = context.lastTxg
        depth = context.depth
        hasSharedBlocks = !context.shared.isEmpty
        proven = context.proven
        mappingUse = MappingUse(context.mappingMemory)
        earlier = context.earlier
        collector = ClaimCollector(context.claims)
        isDeep = context.copies != nil || context.codes != nil
        contents = ContentCheck(context)
    }

    /// Has somebody look at the contents of all metadata on the way.
    mutating func inspect(with inspector: (any ContentObserver)?) {
        contents.inspect(with: inspector)
    }

    /// Hands over the last claims; to be called when the walk has ended.
    package mutating func finish() {
        finishedBlock()
        contents.finish(reporting: &problems)
        totals.addRead(contents.readBytes)
        do {
            try collector.finish()
        } catch {
            failure = failure ?? error
        }
    }

    package mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard !pointer.isRedacted else { return false }
        checkPointer(pointer, place)
        // What waits in a dedup log has an entry that counts no reference.
        switch hasSharedBlocks && place.origin != .dedupLog ? context.shared.note(pointer) : .own {
        case .again:
            totals.add(pointer, isShared: true)
            return false
        case .perhaps:
            totals.add(pointer, isShared: false)
            claim(pointer, nil, place, isShared: true)
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
        if isToBeRead(pointer, place) {
            contents.add(pointer, place)
        } else if isDeep, place.origin == .tree {
            contents.add(pointer, place, isKnown: true)
        }
        return true
    }

    package mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}

    package mutating func unreadable(
        _ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError
    ) {
        unreadableCount += 1
        // Opening the pool told of the mapping, once for all blocks.
        if case .block(_, _, let cause) = error.reason, cause.isWithoutMapping { return }
        report(ProblemKind(lossOf: error), pointer, place, Record(["cause": .text("\(error)")]))
    }

    package mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {
        unreadableCount += 1
        problems.add(
            Problem(
                .dnodeInvalid,
                at: Location(objectSet: block.place.objectSet, object: object),
                evidence: Record(["field": .text(error.field), "cause": .text("\(error)")])))
    }

    package mutating func finishedBlock() {
        context.meter.add(uncounted)
        uncounted = 0
        contents.flushIfFull(reporting: &problems)
    }

    package mutating func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {
        claim(SpaceRange(vdev: vdev, bytes: range), false)
    }

    private mutating func claim(
        _ pointer: BlockPointer, _ addresses: [DVA]?, _ place: BlockPlace, isShared: Bool = false
    ) {
        guard addresses == nil, !pointer.isGang else {
            return claimClosely(pointer, addresses, place, isShared)
        }
        for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
            let address = pointer.dva(index)
            if let range = space.plainRange(of: address, storing: pointer.physicalSize) {
                claim(range, isShared)
            } else {
                claimClosely(pointer, [address], place, isShared)
            }
        }
    }

    /// Claims a block about which there may be something to say.
    private mutating func claimClosely(
        _ pointer: BlockPointer, _ addresses: [DVA]?, _ place: BlockPlace, _ isShared: Bool
    ) {
        let space = space
        space.forEachRange(of: pointer, addresses: addresses) { range in
            claim(range, isShared)
        } flaw: { flaw in
            if flaw.kind == .gangUnreadable { unreadableCount += 1 }
            report(flaw.kind, pointer, place, flaw.evidence, address: flaw.address)
        } removed: { range in
            mappingUse.add(range)
        }
    }

    private mutating func claim(_ range: SpaceRange, _ isShared: Bool) {
        do {
            try collector.claim(range, isShared: isShared)
        } catch {
            failure = failure ?? error
        }
    }

    /// Whether the block is read for its checksum's sake alone; what lies above others is read by the walk.
    private func isToBeRead(_ pointer: BlockPointer, _ place: BlockPlace) -> Bool {
        guard depth != .none, place.level == 0, pointer.type != .dnode,
            place.origin == .tree
        else { return false }
        if pointer.type.isMetadata { return true }
        guard depth == .all, proven.isEmpty || !proven.contains(place.objectSet) else {
            return false
        }
        return earlier?.includes(pointer, of: place.objectSet) != true
    }

    /// What a pointer says of itself must be possible.
    private mutating func checkPointer(_ pointer: BlockPointer, _ place: BlockPlace) {
        if pointer.logicalBirth > lastTxg || pointer.physicalBirth > lastTxg {
            report(
                .pointerFuture, pointer, place,
                Record([
                    "birth": .txg(pointer.logicalBirth),
                    "physical_birth": .txg(pointer.physicalBirth),
                    "newest_txg": .txg(lastTxg),
                ]))
        }
        guard let flaw = PointerSanity.flaw(of: pointer, in: place) else { return }
        report(
            .pointerInvalid, pointer, place,
            Record(["field": .text(flaw.field), "found": .number(flaw.value)]))
    }

    private mutating func report(
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
