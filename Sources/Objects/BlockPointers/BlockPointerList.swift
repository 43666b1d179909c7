import Bytes
package import Vdevs

/// A list of block pointers in an object: blocks to be freed, deadlists, livelists.
///
/// A list may have subordinate lists, whose pointers count as its own. Pointers in it have lost their
/// checksums and payloads. Mirrors `bpobj_t` (`module/zfs/bpobj.c`).
package struct BlockPointerList: Sendable {
    package let object: DMUObject
    package let header: BlockPointerListHeader
    private let set: ObjectSet

    /// The most lists that are read below one. Each was the list of a snapshot that was destroyed.
    package static let subordinateLimit = 1 << 20

    /// What a walk over a list meets.
    package enum Step: Sendable {
        /// A pointer of the list `list`; `isFree` marks the frees of a livelist.
        case pointer(BlockPointer, isFree: Bool, list: UInt64)
        /// The list `list`, or a part of it, can't be read.
        case damaged(ObjectError, list: UInt64)
    }

    /// Reads the header from the object's bonus; throws where that is cut off.
    ///
    /// `set` is the object set that holds the list and its subordinates, the MOS.
    package init(_ object: DMUObject, in set: ObjectSet) throws(ObjectError) {
        self.object = object
        self.set = set
        do {
            header = try object.dnode.withBonus { bytes throws(FormatError) in
                try BlockPointerListHeader(bytes, object.order)
            }
        } catch {
            throw ObjectError(object: object.number, .format(error))
        }
    }

    /// The numbers of the subordinate lists.
    package func subordinates() throws(ObjectError) -> [UInt64] {
        guard let number = header.subordinateObject, let count = header.subordinateCount, count > 0
        else { return [] }
        guard number != 0 else {
            throw ObjectError(
                object: object.number,
                .outOfRange("bpo_num_subobjs is \(count), and there is no object that names them"))
        }
        let array = try set.object(number)
        guard count <= array.byteCount / 8 else {
            throw ObjectError(
                object: object.number,
                .outOfRange("bpo_num_subobjs is \(count), but object \(number) has not as many"))
        }
        guard count <= Self.subordinateLimit else {
            throw ObjectError(
                object: object.number,
                .limit("it has \(count) lists below it, of which \(Self.subordinateLimit) are read")
            )
        }
        var numbers: [UInt64] = []
        let perBlock = UInt64(array.blockSize / 8)
        var position: UInt64 = 0
        while position < count {
            guard let block = try array.orderedBlock(position / perBlock) else {
                throw ObjectError(
                    object: number, .outOfRange("block \(position / perBlock) is a hole"))
            }
            for slot in 0..<Int(min(perBlock, count - position)) {
                do {
                    numbers.append(try block.bytes.rawBytes.integer(at: slot * 8, block.order))
                } catch {
                    throw ObjectError(
                        object: number, .format(FormatError("bpo_subobjs", .outOfBounds(error))))
                }
            }
            position += perBlock
        }
        return numbers
    }

    /// Visits the pointers that stand in the list's own object, in order.
    package func forEachOwnPointer<Failure: Error>(
        _ visit: (Step) throws(Failure) -> Void
    ) throws(Failure) {
        let perBlock = UInt64(object.blockSize / BlockPointer.byteCount)
        let room =
            perBlock == 0
            ? 0
            : object.blockCount.multipliedReportingOverflow(by: perBlock)
                .partialValue
        if header.count > room {
            try visit(
                .damaged(
                    ObjectError(
                        object: object.number,
                        .outOfRange(
                            "bpo_num_blkptrs is \(header.count), but there is room for \(room)")),
                    list: object.number))
        }
        guard perBlock > 0 else { return }
        var met: UInt64 = 0
        var isDamaged = header.count > room
        try object.tree.forEachPointer { step throws(Failure) -> IndirectTree.Descent in
            switch step {
            case .pointer(let pointer, level: 0, let index):
                // Sound: an index that a walk gives lies below 2^64 / 128.
                guard index < header.count / perBlock + 1 else { return .past }
                if index * perBlock < header.count {
                    met += min(perBlock, header.count - index * perBlock)
                }
                try visitBlock(pointer, index, perBlock, visit)
            case .pointer: break
            case .damaged(let error, _, _):
                isDamaged = true
                try visit(.damaged(error, list: object.number))
            }
            return .into
        }
        guard !isDamaged, met < header.count else { return }
        try visit(
            .damaged(
                ObjectError(
                    object: object.number,
                    .outOfRange(
                        "bpo_num_blkptrs is \(header.count), but only \(met) are stored")),
                list: object.number))
    }

    /// Visits the pointers of the list and of all lists below it, each list once.
    package func forEachPointer<Failure: Error>(
        _ visit: (Step) throws(Failure) -> Void
    ) throws(Failure) {
        var pending = [object.number]
        var seen: Set<UInt64> = [object.number]
        while let number = pending.popLast() {
            let list: BlockPointerList
            let below: [UInt64]
            do throws(ObjectError) {
                list =
                    number == object.number
                    ? self : try BlockPointerList(try set.object(number), in: set)
            } catch {
                try visit(.damaged(error, list: number))
                continue
            }
            try list.forEachOwnPointer(visit)
            do {
                below = try list.subordinates()
            } catch {
                try visit(.damaged(error, list: number))
                continue
            }
            for subordinate in below {
                guard seen.insert(subordinate).inserted else {
                    let error = ObjectError(
                        object: subordinate, .limit("the list is subordinate to two lists"))
                    try visit(.damaged(error, list: number))
                    continue
                }
                guard seen.count <= Self.subordinateLimit else {
                    let error = ObjectError(
                        object: object.number,
                        .limit("more than \(Self.subordinateLimit) lists are below it"))
                    try visit(.damaged(error, list: number))
                    return
                }
                pending.append(subordinate)
            }
        }
    }

    private func visitBlock<Failure: Error>(
        _ pointer: BlockPointer, _ index: UInt64, _ perBlock: UInt64,
        _ visit: (Step) throws(Failure) -> Void
    ) throws(Failure) {
        let block: TreeBlock
        do {
            block = try object.tree.read(pointer, level: 0, index: index, cached: false)
        } catch {
            try visit(.damaged(error, list: object.number))
            return
        }
        let first = index * perBlock
        guard first < header.count else { return }
        for slot in 0..<Int(truncatingIfNeeded: min(perBlock, header.count - first)) {
            let entry: BlockPointer
            do {
                entry = try BlockPointer(
                    block.bytes.rawBytes, at: slot * BlockPointer.byteCount, block.order)
            } catch {
                try visit(
                    .damaged(
                        ObjectError(object: object.number, .format(error)), list: object.number))
                return
            }
            // A list keeps no fill counts; bit 0 of that word says free (`BP_GET_FREE`).
            try visit(
                .pointer(entry, isFree: entry.words[11] & 1 != 0, list: object.number))
        }
    }
}
