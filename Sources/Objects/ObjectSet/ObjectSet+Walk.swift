import Bytes
import Vdevs

extension ObjectSet {
    /// What a walk over the objects meets.
    package enum Visit: Sendable {
        case object(DMUObject)
        /// These object numbers can't be read, for that reason; others still can.
        case damaged(ClosedRange<UInt64>, ObjectError)
    }

    /// Visits every allocated object from number `first` on, in order, each dnode block read once.
    ///
    /// Damage is visited as such and does not end the walk; what the visitor throws does. The accounting
    /// objects of the header are not among them, nor is the meta dnode.
    package func forEachDnode<Failure: Error>(
        from first: UInt64 = 1, _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        let tree = metaObject.tree
        try tree.forEachPointer(from: first / UInt64(dnodesPerBlock)) {
            step throws(Failure) -> IndirectTree.Descent in
            switch step {
            case .pointer(let pointer, level: 0, let index):
                let block: TreeBlock
                do throws(ObjectError) {
                    try tree.check(pointer, level: 0, index: index)
                    block = try tree.read(pointer, level: 0, index: index, cached: false)
                } catch {
                    try visit(.damaged(objects(level: 0, index: index), error))
                    return .past
                }
                let start = objects(level: 0, index: index).lowerBound
                try visitDnodes(DnodeBlock(block: block, firstObject: start), from: first, visit)
            case .pointer:
                break
            case .damaged(let error, let level, let index):
                try visit(.damaged(objects(level: level, index: index), error))
            }
            return .into
        }
    }

    private func visitDnodes<Failure: Error>(
        _ block: DnodeBlock, from first: UInt64, _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        var slot = 0
        while slot < block.slotCount {
            let width = block.width(ofSlot: slot)
            defer { slot += width }
            let number = block.firstObject &+ UInt64(slot)
            guard number >= first, number > 0 else { continue }
            let dnode: Dnode
            do {
                dnode = try Dnode(block.block, slot: slot)
            } catch {
                try visit(.damaged(number...number, ObjectError(object: number, .format(error))))
                continue
            }
            guard dnode.isAllocated else { continue }
            try visit(.object(DMUObject(number: number, dnode, in: self)))
        }
    }

    /// The object numbers below a block of the meta dnode's tree; cut off at the highest number.
    private func objects(level: UInt8, index: UInt64) -> ClosedRange<UInt64> {
        let shift = UInt64(level) * UInt64(header.metaDnode.pointersPerBlockShift)
        let perBlock = UInt64(dnodesPerBlock)
        guard shift < 64 else { return 0...UInt64.max }
        let (count, overflow) = perBlock.multipliedReportingOverflow(by: 1 << shift)
        guard !overflow else { return 0...UInt64.max }
        let (first, past) = index.multipliedReportingOverflow(by: count)
        guard !past, first <= .max - (count - 1) else { return UInt64.max...UInt64.max }
        return first...first + (count - 1)
    }
}
