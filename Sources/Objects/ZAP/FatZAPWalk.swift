import Bytes
import Vdevs

/// One pass over a fat ZAP: the pointer table, the leaves in its order, and what the table leaves out.
struct FatZAPWalk {
    /// What is known of one leaf.
    private struct Leaf {
        let block: UInt64
        /// The slots that its own prefix claims; nil where that prefix can't be.
        let claimed: Range<UInt64>?
        /// From the first to the last slot that names it.
        var named: Range<UInt64>
    }

    private let object: DMUObject
    private let header: FatZAPHeader
    private let table: ZAPPointerTable
    private var reader: ZAPLeafReader
    private var leaves: [Leaf] = []
    /// For each leaf that a slot names, its place in `leaves`, by its block.
    private var places: [UInt64: Int] = [:]
    /// Blocks that a slot names and that are no leaves or unreadable.
    private var badBlocks: Set<UInt64> = []
    /// How many of them are remembered: a hostile table can name any number. Others are looked at again.
    private static let mostBadBlocks = 1 << 16
    /// The addresses of the leaves: a hostile tree can show one block under many indices.
    private var addresses: Set<UInt64> = []
    /// Slots that lead to no leaf; as many as can be reported.
    private var badSlots: [Range<UInt64>] = []
    private var entryCount: UInt64 = 0
    /// Whether each leaf's header is noted in the statistics.
    private let listsLeaves: Bool

    init(object: DMUObject, header: FatZAPHeader, listsLeaves: Bool = false) {
        self.listsLeaves = listsLeaves
        self.object = object
        self.header = header
        table = ZAPPointerTable(object: object, header: header)
        reader = ZAPLeafReader(hash: header.hash)
    }

    /// What was counted so far.
    var statistics: ZAPStatistics { reader.statistics }

    mutating func run<Failure: Error>(
        _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) -> [ZAPProblem] {
        for problem in table.headerProblems() + header.fieldProblems(of: object) {
            reader.problems.add(problem)
        }
        var failures: [ZAPProblem] = []
        try table.forEachRun(
            { run throws(Failure) in try visit(run, body) }, failed: { failures.append($0) })
        for failure in failures { reader.problems.add(failure) }
        checkPrefixes()
        try readUnreferenced(body)
        checkCounts()
        return reader.problems.all
    }

    private mutating func visit<Failure: Error>(
        _ run: ZAPPointerTable.Run, _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        guard table.isPossible(run.leaf) else {
            addBadSlots(run)
            return
        }
        if let place = places[run.leaf] {
            leaves[place].named =
                leaves[place].named.lowerBound..<run.slots.upperBound
            return
        }
        guard !badBlocks.contains(run.leaf), let leaf = read(run.leaf) else {
            if badBlocks.count < Self.mostBadBlocks { badBlocks.insert(run.leaf) }
            if badSlots.count < ZAPProblems.limit { badSlots.append(run.slots) }
            return
        }
        places[run.leaf] = leaves.count
        leaves.append(Leaf(block: run.leaf, claimed: claimedSlots(leaf), named: run.slots))
        reader.statistics.add(leaf, shift: table.shift, isListed: listsLeaves)
        entryCount += UInt64(try reader.read(leaf, body))
    }

    private mutating func addBadSlots(_ run: ZAPPointerTable.Run) {
        if badSlots.count < ZAPProblems.limit { badSlots.append(run.slots) }
        let (block, offset) = table.place(ofSlot: run.slots.lowerBound)
        let count = run.slots.count
        reader.problems.add(
            ZAPProblem(
                .pointerTable, block: block, chunk: Int(exactly: run.slots.lowerBound), at: offset,
                "\(count == 1 ? "a slot names" : "\(count) slots name") block \(run.leaf), which "
                    + "can't hold a leaf (zap_freeblk is \(header.freeBlock))", stored: run.leaf))
    }

    /// The leaf in a block; nil, with a problem, where there is none or it was read already.
    private mutating func read(_ index: UInt64) -> ZAPLeaf? {
        let block: TreeBlock
        do throws(ObjectError) {
            let pointer = try object.tree.pointer(level: 0, index: index)
            guard !pointer.isHole else {
                reader.problems.add(
                    ZAPProblem(
                        .missingLeaf, block: index, at: 0,
                        "the pointer table leads to block \(index), which is a hole"))
                return nil
            }
            guard addresses.insert(IndirectTree.fingerprint(pointer)).inserted else {
                throw ObjectError(
                    object: object.number,
                    .limit("block \(index) is stored where another leaf is"))
            }
            block = try object.tree.read(pointer, level: 0, index: index, cached: false)
        } catch {
            reader.problems.add(
                ZAPProblem(.unreadable, block: index, at: 0, "the leaf can't be read: \(error)"))
            return nil
        }
        do {
            return try ZAPLeaf(block.bytes, block.order, block: index)
        } catch {
            reader.problems.add(
                ZAPProblem(.leafHeader, block: index, at: 0, "the block is no leaf: \(error)"))
            return nil
        }
    }

    /// The slots that should lead to a leaf, going by its own prefix; nil where that can't be.
    private func claimedSlots(_ leaf: ZAPLeaf) -> Range<UInt64>? {
        guard Int(leaf.prefixLength) <= table.shift,
            leaf.prefix < UInt64(1) << UInt64(leaf.prefixLength)
        else { return nil }
        let width = UInt64(1) << UInt64(table.shift - Int(leaf.prefixLength))
        return leaf.prefix * width..<(leaf.prefix + 1) * width
    }

    /// Each leaf must be named by the slots that its own prefix says, all of them and no others.
    private mutating func checkPrefixes() {
        for leaf in leaves {
            if let claimed = leaf.claimed {
                guard leaf.named != claimed else { continue }
                let isInside =
                    leaf.named.lowerBound >= claimed.lowerBound
                    && leaf.named.upperBound <= claimed.upperBound
                // The slots that are missing were reported as bad themselves.
                if isInside, isMissed(claimed) { continue }
            }
            reader.problems.add(
                ZAPProblem(
                    .leafPrefix, block: leaf.block, at: ZAPLeaf.Layout.prefix.offset,
                    "slots \(leaf.named) of the pointer table lead to the leaf, but its prefix says "
                        + (leaf.claimed.map { "\($0)" } ?? "none")))
        }
    }

    private func isMissed(_ claimed: Range<UInt64>) -> Bool {
        badSlots.contains { $0.overlaps(claimed) }
    }

    /// Leaves that no slot names. Where the slots that should are damaged, their entries count.
    private mutating func readUnreferenced<Failure: Error>(
        _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        try object.tree.forEachPointer(from: 1) {
            step throws(Failure) -> IndirectTree.Descent in
            if case .pointer(_, level: 0, let index) = step, isUnnamed(index) {
                try readUnnamed(index, body)
            }
            return .into
        }
    }

    /// Whether a block with data is neither the header, nor the table's, nor named by a slot.
    private func isUnnamed(_ index: UInt64) -> Bool {
        places[index] == nil && !badBlocks.contains(index) && !table.contains(index)
    }

    private mutating func readUnnamed<Failure: Error>(
        _ index: UInt64, _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        guard index < header.freeBlock else {
            reader.problems.add(
                ZAPProblem(
                    .blockPastEnd, block: index, at: 0,
                    "block \(index) is stored, but zap_freeblk is \(header.freeBlock)"))
            return
        }
        guard let leaf = read(index) else { return }
        reader.problems.add(
            ZAPProblem(
                .unreferencedLeaf, block: index, at: 0,
                "the leaf of \(leaf.entryCount) entries is in no slot of the pointer table"))
        guard let claimed = claimedSlots(leaf), isMissed(claimed) else { return }
        leaves.append(Leaf(block: index, claimed: claimed, named: claimed))
        entryCount += UInt64(try reader.read(leaf, body))
    }

    private mutating func checkCounts() {
        if header.entryCount != entryCount {
            reader.problems.add(
                ZAPProblem(
                    .entryCount, block: 0, at: FatZAPHeader.Layout.entryCount.offset,
                    "zap_num_entries is \(header.entryCount), but there are \(entryCount)",
                    stored: header.entryCount, actual: entryCount))
        }
        if header.leafCount != UInt64(leaves.count) {
            reader.problems.add(
                ZAPProblem(
                    .leafCount, block: 0, at: FatZAPHeader.Layout.leafCount.offset,
                    "zap_num_leafs is \(header.leafCount), but there are \(leaves.count)",
                    stored: header.leafCount, actual: UInt64(leaves.count)))
        }
    }
}
