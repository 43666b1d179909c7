import Blocks
import Bytes
import Vdevs

/// Finds the space that a block pointer takes: all copies, gang headers and their members, and for addresses on removed
/// vdevs the space that they were copied to.
///
/// One way for those who claim space and those who look for an owner, so that both mean the same.
struct PointerSpace: Sendable {
    let reader: BlockReader
    /// The vdevs that have space of their own, by their numbers; nil for the others.
    private let vdevs: [VdevBounds?]
    /// Removed vdevs of which it can't be read where their blocks went; opening the pool reported it.
    let unmapped: Set<UInt32>
    /// Real gang trees have fewer than ten levels.
    private static let deepestGang = 32

    /// What can be wrong with an address.
    struct Flaw {
        let kind: ProblemKind
        let address: DVA?
        let evidence: Record

        init(_ kind: ProblemKind, _ address: DVA?, _ evidence: Record = Record()) {
            self.kind = kind
            self.address = address
            self.evidence = evidence
        }
    }

    init(reader: BlockReader, vdevs: [VdevGeometry]) {
        self.reader = reader
        var bounds = [VdevBounds?](repeating: nil, count: reader.vdevs.tops.count)
        for vdev in vdevs where Int(vdev.vdev) < bounds.count {
            bounds[Int(vdev.vdev)] = VdevBounds(vdev, reader.vdevs.allocationRule(of: vdev.vdev))
        }
        self.vdevs = bounds
        let removed = reader.vdevs.tops.filter { $0.kind == .indirect }.map(\.id)
        unmapped = Set(removed.filter { reader.vdevs.mapping(of: $0) == nil })
    }

    private init(copying other: PointerSpace) {
        reader = other.reader
        unmapped = other.unmapped
        vdevs = other.vdevs.map { $0 }
    }

    /// The same with an array of its own, for one worker.
    var copy: PointerSpace { PointerSpace(copying: self) }

    /// The bounds of a vdev that has space of its own.
    private func bounds(of vdev: UInt32) -> VdevBounds? {
        Int(vdev) < vdevs.count ? vdevs[Int(vdev)] : nil
    }

    /// The space of an address about which nothing can be said; nil where `forEachRange` has to be asked.
    @inline(__always)
    func plainRange(of address: DVA, storing count: Int) -> SpaceRange? {
        guard let vdev = bounds(of: address.vdev), vdev.holds(address, storing: count) else {
            return nil
        }
        // Sound: the address lies within the bounds.
        return SpaceRange(
            vdev: address.vdev, bytes: address.offset..<address.offset + address.allocatedSize)
    }

    /// Gives all space of a block to `range`, and what is wrong on the way to `flaw`.
    ///
    /// `addresses` stand for the pointer's own where a dedup table knows better; `removed` gets what of a removed vdev the block
    /// has as its address.
    @inline(__always)
    func forEachRange(
        of pointer: BlockPointer, addresses: [DVA]? = nil, _ range: (SpaceRange) -> Void,
        flaw: (Flaw) -> Void, removed: (SpaceRange) -> Void = { _ in }
    ) {
        if let addresses {
            for address in addresses { visit(address, of: pointer, range, flaw, removed) }
        } else {
            for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
                visit(pointer.dva(index), of: pointer, range, flaw, removed)
            }
        }
        if pointer.isGang { visitMembers(of: pointer, depth: 0, range, flaw, removed) }
    }

    /// The header of a gang block takes little; its members are blocks of their own.
    private func visitMembers(
        of pointer: BlockPointer, depth: Int, _ range: (SpaceRange) -> Void,
        _ flaw: (Flaw) -> Void, _ removed: (SpaceRange) -> Void
    ) {
        guard depth < Self.deepestGang else {
            flaw(Flaw(.gangUnreadable, pointer.dva(0), Record(["cause": "the tree is too deep"])))
            return
        }
        let header: GangHeader
        do {
            header = try reader.gangHeader(pointer).header
        } catch {
            flaw(Flaw(.gangUnreadable, pointer.dva(0), Record(["cause": .text("\(error)")])))
            return
        }
        checkMembers(header, of: pointer, flaw)
        for member in header.pointers where !member.isHole && !member.isEmbedded {
            for index in 0..<3 where !member.dva(index).isEmpty {
                visit(member.dva(index), of: member, isMember: true, range, flaw, removed)
            }
            if member.isGang {
                visitMembers(of: member, depth: depth + 1, range, flaw, removed)
            }
        }
    }

    /// The pieces together are as long as the block (`zio_gang_tree_issue`, `module/zfs/zio.c`), and each is as
    /// `zio_write_gang_block` makes it.
    private func checkMembers(
        _ header: GangHeader, of pointer: BlockPointer, _ flaw: (Flaw) -> Void
    ) {
        // Sound: at most a few hundred sizes below 2^25.
        let sum = header.pointers.reduce(0) { $0 &+ ($1.isHole ? 0 : $1.physicalSize) }
        guard sum != pointer.physicalSize else {
            for member in header.pointers {
                guard let found = member.flaw(asMemberOf: pointer) else { continue }
                flaw(
                    Flaw(
                        .gangMember, pointer.dva(0),
                        Record([
                            "member": .text("\(member.dva(0))"), "field": .text(found.field),
                            "found": .word(found.value),
                        ])))
            }
            return checkRoom(header, of: pointer, flaw)
        }
        flaw(
            Flaw(
                .gangSize, pointer.dva(0),
                Record([
                    "expected": .bytes(UInt64(truncatingIfNeeded: pointer.physicalSize)),
                    "found": .bytes(UInt64(truncatingIfNeeded: sum)),
                ])))
    }

    /// The room that a pointer to a header tells of is that of the header and of all members
    /// (`zio_write_gang_member_ready`).
    private func checkRoom(
        _ header: GangHeader, of pointer: BlockPointer, _ flaw: (Flaw) -> Void
    ) {
        for copy in 0..<pointer.copyLimit where pointer.dva(copy).isGang {
            let address = pointer.dva(copy)
            guard bounds(of: address.vdev) != nil,
                let own = try? reader.vdevs.gangHeaderAllocatedSize(vdev: address.vdev)
            else { continue }
            // Sound: at most a few hundred sizes below 2^33.
            let expected = header.pointers.reduce(own) {
                $0 &+ ($1.isHole ? 0 : $1.dva(copy).allocatedSize)
            }
            guard expected != address.allocatedSize else { continue }
            flaw(
                Flaw(
                    .gangMember, address,
                    Record([
                        "field": .text("room of copy \(copy)"), "expected": .bytes(expected),
                        "found": .bytes(address.allocatedSize),
                    ])))
        }
    }

    private func visit(
        _ address: DVA, of pointer: BlockPointer, isMember: Bool = false,
        _ range: (SpaceRange) -> Void, _ flaw: (Flaw) -> Void, _ removed: (SpaceRange) -> Void
    ) {
        if let plain = plainRange(of: address, storing: pointer.physicalSize) {
            return range(plain)
        }
        var size = address.allocatedSize
        if address.isGang {
            guard let header = try? reader.vdevs.gangHeaderAllocatedSize(vdev: address.vdev) else {
                flaw(Flaw(.pointerNoVdev, address))
                return
            }
            size = header
        }
        guard let bounds = bounds(of: address.vdev) else {
            visitRemapped(address, size: size, range, flaw, removed)
            return
        }
        guard size <= bounds.end, address.offset <= bounds.end - size else {
            flaw(
                Flaw(
                    .pointerOutOfBounds, address,
                    Record(["vdev_end": .offset(bounds.end), "size": .bytes(size)])))
            return
        }
        let vdev = bounds.geometry
        let unit = UInt64(1) << UInt64(vdev.ashift)
        guard (address.offset | size) & (unit - 1) == 0, size > 0 else {
            flaw(Flaw(.pointerMisaligned, address, Record(["sector": .bytes(unit)])))
            return
        }
        let bytes = address.offset..<address.offset + size
        if bytes.lowerBound >> UInt64(vdev.metaslabShift)
            != (bytes.upperBound - 1) >> UInt64(vdev.metaslabShift)
        {
            flaw(Flaw(.pointerCrossesMetaslab, address))
        }
        checkSize(address, of: pointer, isMember: isMember, flaw)
        range(SpaceRange(vdev: address.vdev, bytes: bytes))
    }

    /// A block takes exactly what its stored size needs on its vdev.
    ///
    /// Members of gangs may take more since version 2.4, which asks for a range of sizes (`metaslab_alloc_range`,
    /// `module/zfs/metaslab.c`).
    private func checkSize(
        _ address: DVA, of pointer: BlockPointer, isMember: Bool, _ flaw: (Flaw) -> Void
    ) {
        guard !address.isGang else { return }
        let expected = try? reader.vdevs.allocatedSize(
            of: UInt64(truncatingIfNeeded: pointer.physicalSize), vdev: address.vdev,
            physicalBirth: pointer.physicalBirth)
        guard let expected, expected != address.allocatedSize,
            !isMember || expected > address.allocatedSize
        else { return }
        flaw(
            Flaw(
                .pointerAllocatedSize, address,
                Record([
                    "expected": .bytes(expected), "found": .bytes(address.allocatedSize),
                    "physical_size": .bytes(UInt64(truncatingIfNeeded: pointer.physicalSize)),
                ])))
    }

    /// Whether it is a vdev whose metaslabs can't be read, which is there all the same, and was reported.
    private func isUnknown(_ vdev: UInt32) -> Bool {
        guard bounds(of: vdev) == nil, let top = try? reader.vdevs.top(vdev) else { return false }
        return !Self.absent.contains(top.kind)
    }

    /// Vdevs without space of their own.
    private static let absent: Set<VdevKind> = [.indirect, .hole, .missing]

    /// The address is on a removed vdev: what is owned is where its mapping leads.
    private func visitRemapped(
        _ address: DVA, size: UInt64, _ range: (SpaceRange) -> Void, _ flaw: (Flaw) -> Void,
        _ removed: (SpaceRange) -> Void
    ) {
        guard !isUnknown(address.vdev) else { return }
        guard !unmapped.contains(address.vdev) else { return }
        guard reader.vdevs.mapping(of: address.vdev) != nil, let count = Int(exactly: size) else {
            flaw(Flaw(.pointerNoVdev, address))
            return
        }
        let (end, overflow) = address.offset.addingReportingOverflow(size)
        if !overflow {
            removed(SpaceRange(vdev: address.vdev, bytes: address.offset..<end))
        }
        do {
            for segment in try reader.vdevs.segments(of: address, count: count) {
                let (end, overflow) = segment.offset.addingReportingOverflow(
                    UInt64(segment.byteCount))
                if isUnknown(segment.vdev) { continue }
                guard !overflow, let vdev = bounds(of: segment.vdev), end <= vdev.end else {
                    flaw(
                        Flaw(
                            .indirectOutOfBounds, address,
                            Record([
                                "leads_to_vdev": .number(UInt64(segment.vdev)),
                                "leads_to_offset": .offset(segment.offset),
                            ])))
                    continue
                }
                range(SpaceRange(vdev: segment.vdev, bytes: segment.offset..<end))
            }
        } catch VdevError.noMapping {
            // It went on to a vdev that was removed later.
        } catch {
            flaw(Flaw(.indirectGap, address, Record(["cause": .text("\(error)")])))
        }
    }
}
