package import Bytes

extension VdevTree {
    /// Visits every run of bytes that a block takes on any device, each side, column and parity, with what should stand
    /// there.
    ///
    /// `bytes` is the block as stored, proven by its checksum. Devices that are not there are visited too. Of sectors that
    /// the block does not fill only those are visited that a layout defines. Throws where the address leads nowhere.
    package func forEachCopy(
        of bytes: RawSpan, at dva: DVA, birth: TransactionGroup,
        _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: birth, depth: 0)
        try top(dva.vdev).layout.forEachCopy(of: bytes, at: place, visit)
    }
}

extension Member {
    /// Visits every device that holds what a read at `offset` asks for, and whether it was away when that was written.
    func forEachLeaf(
        at offset: UInt64, _ place: VdevPlace, isBehind: Bool = false,
        _ visit: (Leaf, Bool) -> Void
    ) {
        switch self {
        case .leaf(let leaf): visit(leaf, isBehind || place.isMissed(by: leaf.guid))
        case .absent: break
        case .distributedSpare(let spare):
            guard let (member, moved) = try? spare.resolve(at: offset, place) else { return }
            member.forEachLeaf(
                at: offset, moved, isBehind: isBehind || place.isMissed(by: spare.guid), visit)
        case .sides(let members):
            for member in members {
                member.forEachLeaf(at: offset, place, isBehind: isBehind, visit)
            }
        }
    }
}

extension VdevPlace {
    /// Whether the device was away when what stands here was written. What moved here from a removed vdev was written at a
    /// time that the block's birth does not tell, so any absence counts.
    fileprivate func isMissed(by leaf: GUID) -> Bool {
        depth == 0 ? tree.hasMissed(birth, leaf: leaf) : tree.hasMissedAny(leaf: leaf)
    }
}
