package import Vdevs

extension IndirectTree {
    /// What a walk over the tree meets.
    package enum Step: Sendable {
        /// A pointer, before anything below it.
        case pointer(BlockPointer, level: UInt8, index: UInt64)
        /// The block of that level and index, and so all below it, can't be followed.
        case damaged(ObjectError, level: UInt8, index: UInt64)
    }

    /// Whether a walk goes on below a pointer.
    package enum Descent: Sendable {
        case into
        case past
    }

    /// Visits the pointers of the tree in order, each before those below it; damage does not end it.
    ///
    /// `firstIndex` counts blocks of level 0; what lies wholly before it is left out. Holes are left out
    /// unless asked for. An indirect block that turns up twice is damage and not entered again, so that a
    /// tree that refers to itself can't multiply. What the visitor throws ends the walk.
    package func forEachPointer<Failure: Error>(
        from firstIndex: UInt64 = 0, includingHoles: Bool = false,
        _ visit: (Step) throws(Failure) -> Descent
    ) throws(Failure) {
        guard dnode.isAllocated else { return }
        var walk = Walk(firstIndex: firstIndex, includingHoles: includingHoles)
        let top = dnode.levels - 1
        for slot in 0..<UInt64(dnode.pointerCount) {
            try step(
                dnode.pointer(Int(truncatingIfNeeded: slot)), level: top, index: slot, &walk,
                visit)
        }
    }

    private struct Walk {
        let firstIndex: UInt64
        let includingHoles: Bool
        /// Fingerprints of the indirect blocks entered so far; those of 128 TiB of usual blocks at least.
        var entered = RecentNumbers(memory: 1 << 26)
    }

    private func step<Failure: Error>(
        _ pointer: BlockPointer, level: UInt8, index: UInt64, _ walk: inout Walk,
        _ visit: (Step) throws(Failure) -> Descent
    ) throws(Failure) {
        guard index >= walk.firstIndex >> shift(from: level, to: 0) else { return }
        if pointer.isHole {
            guard walk.includingHoles else { return }
            _ = try visit(.pointer(pointer, level: level, index: index))
            return
        }
        let descent = try visit(.pointer(pointer, level: level, index: index))
        guard level > 0, descent == .into else { return }
        let block: TreeBlock
        do throws(ObjectError) {
            try check(pointer, level: level, index: index)
            guard walk.entered.insert(Self.fingerprint(pointer)) else {
                throw ObjectError(
                    object: object, .limit("the tree holds the same indirect block twice"))
            }
            block = try read(pointer, level: level, index: index, cached: false)
        } catch {
            _ = try visit(.damaged(error, level: level, index: index))
            return
        }
        try descend(block, level: level, index: index, &walk, visit)
    }

    private func descend<Failure: Error>(
        _ block: TreeBlock, level: UInt8, index: UInt64, _ walk: inout Walk,
        _ visit: (Step) throws(Failure) -> Descent
    ) throws(Failure) {
        let count = UInt64(1) << UInt64(dnode.pointersPerBlockShift)
        let (first, overflow) = index.multipliedReportingOverflow(by: count)
        guard !overflow, first <= .max - count else {
            let error = ObjectError(
                object: object, .outOfRange("the tree reaches past the highest block index"))
            _ = try visit(.damaged(error, level: level, index: index))
            return
        }
        for slot in 0..<count {
            let child: BlockPointer
            do {
                child = try decode(slot, in: block)
            } catch {
                _ = try visit(.damaged(error, level: level - 1, index: first + slot))
                continue
            }
            try step(child, level: level - 1, index: first + slot, &walk, visit)
        }
    }

    /// Tells blocks apart by their address, or by their payload where it is embedded.
    package static func fingerprint(_ pointer: BlockPointer) -> UInt64 {
        var mixed: UInt64 = 0
        for index in 0..<(pointer.isEmbedded ? 16 : 2) {
            mixed = (mixed ^ pointer.words[index]) &* 0x9e37_79b9_7f4a_7c15
            mixed ^= mixed >> 29
        }
        return mixed
    }
}
