import Bytes
import Vdevs

/// A log of allocations and frees: the whole of it, played back, says which space is in use.
///
/// Each metaslab has one, and so have DTLs, the log space maps, and a checkpoint. Mirrors `space_map_t`
/// (`module/zfs/space_map.c`).
package struct SpaceMap: Sendable {
    package let object: DMUObject
    package let header: SpaceMapHeader

    /// Reads the header from the object's bonus; throws where that is cut off.
    package init(_ object: DMUObject) throws(ObjectError) {
        self.object = object
        do {
            header = try object.dnode.withBonus { bytes throws(FormatError) in
                try SpaceMapHeader(bytes, object.order)
            }
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
    }

    /// Gives the entries to `body` block by block, in the order of the log, and returns what is wrong.
    ///
    /// The array is only good during the call; its memory serves for the next block. This is the way for
    /// maps of many million entries.
    @discardableResult
    package func forEachBlock<Failure: Error>(
        _ body: ([SpaceMapEntry]) throws(Failure) -> Void
    ) throws(Failure) -> [SpaceMapProblem] {
        var walk = Walk(end: min(header.length & ~7, object.byteCount))
        checkLength(&walk.problems)
        let size = UInt64(object.blockSize)
        try object.tree.forEachPointer { step throws(Failure) -> IndirectTree.Descent in
            switch step {
            case .pointer(let pointer, let level, let index):
                guard let start = start(level: level, index), start < walk.end else {
                    return .past
                }
                guard level == 0 else { return .into }
                noteGap(upTo: start, &walk)
                walk.next = start + size
                try read(pointer, index, at: start, &walk, body)
            case .damaged(let error, let level, let index):
                guard let start = start(level: level, index), start < walk.end else {
                    return .past
                }
                walk.problems.add(SpaceMapProblem(.unreadable, at: start, "\(error)"))
                walk.next = self.start(level: level, index &+ 1) ?? walk.end
            }
            return .into
        }
        noteGap(upTo: walk.end, &walk)
        return walk.problems.all
    }

    /// Gives each entry to `body` in the order of the log, and returns what is wrong.
    @discardableResult
    package func forEachEntry<Failure: Error>(
        _ body: (SpaceMapEntry) throws(Failure) -> Void
    ) throws(Failure) -> [SpaceMapProblem] {
        try forEachBlock { entries throws(Failure) in
            for entry in entries { try body(entry) }
        }
    }

    private struct Walk {
        /// Where the entries end, in bytes.
        let end: UInt64
        /// Where the next block should begin.
        var next: UInt64 = 0
        var decoder = SpaceMapDecoder()
        var entries: [SpaceMapEntry] = []
        var problems = SpaceMapProblems()

        init(end: UInt64) { self.end = end }
    }

    /// The first byte of the object below a block of its tree; nil where that passes 64 bits.
    private func start(level: UInt8, _ index: UInt64) -> UInt64? {
        let shift = object.tree.shift(from: level, to: 0)
        guard shift < 64, index <= .max >> shift else { return nil }
        let (start, overflow) = (index << shift).multipliedReportingOverflow(
            by: UInt64(object.blockSize))
        return overflow ? nil : start
    }

    private func read<Failure: Error>(
        _ pointer: BlockPointer, _ index: UInt64, at start: UInt64, _ walk: inout Walk,
        _ body: ([SpaceMapEntry]) throws(Failure) -> Void
    ) throws(Failure) {
        let block: TreeBlock
        do {
            block = try object.tree.read(pointer, level: 0, index: index, cached: false)
        } catch {
            walk.problems.add(SpaceMapProblem(.unreadable, at: start, "\(error)"))
            return
        }
        walk.entries.removeAll(keepingCapacity: true)
        let count = Int(truncatingIfNeeded: min(walk.end - start, UInt64(block.bytes.count)))
        let torn = walk.decoder.decode(
            block.bytes, count: count, at: start, block.order, into: &walk.entries)
        if let torn {
            walk.problems.add(
                SpaceMapProblem(
                    .torn, at: torn, "an entry of two words does not end in the block it begins in")
            )
        }
        try body(walk.entries)
    }

    private func noteGap(upTo start: UInt64, _ walk: inout Walk) {
        guard walk.next < start else { return }
        walk.problems.add(
            SpaceMapProblem(
                .hole, at: walk.next,
                "nothing is stored for bytes \(walk.next)..<\(start) of the map's \(walk.end)"))
    }

    private func checkLength(_ problems: inout SpaceMapProblems) {
        if header.length % 8 != 0 || header.length > object.byteCount {
            problems.add(
                SpaceMapProblem(
                    .length, at: 0,
                    "smp_length is \(header.length), but the object has \(object.byteCount) bytes"))
        }
    }
}
