import Bytes
import Datasets
import Objects
import Vdevs
import Verify

extension SideFix {
    /// Lists with more pointers than these are left alone.
    private static let mostWaiting = 1 << 22

    /// Takes blocks that are in use off the lists of what is to be freed.
    static func waiting(_ problems: [Problem], _ pool: Pool) -> SideFix? {
        let used = problems.compactMap(Range<UInt64>.onVdev)
        guard !used.isEmpty, used.count == problems.count else { return nil }
        func isUsed(_ pointer: BlockPointer) -> Bool {
            guard !pointer.isEmbedded else { return false }
            return (0..<pointer.copyLimit).filter(pointer.hasCopy).contains { copy in
                let address = pointer.dva(copy)
                let (end, overflow) = address.offset.addingReportingOverflow(address.allocatedSize)
                return !overflow
                    && used.contains {
                        $0.vdev == address.vdev && $0.bytes.overlaps(address.offset..<end)
                    }
            }
        }
        var kept: [(list: UInt64, pointers: [BlockPointer])] = []
        for key in [ObjectDirectory.Key.deferredFrees, .freeList] {
            guard let number = pool.directory.object(key),
                let list = try? pool.meta.pointerList(number),
                let pointers = Self.pointers(of: list)
            else { continue }
            let rest = pointers.filter { !isUsed($0) }
            if rest.count < pointers.count { kept.append((number, rest)) }
        }
        guard !kept.isEmpty else { return nil }
        let lists = kept
        return SideFix(
            problems: problems,
            what: "Take \(used.count) ranges that are in use off the lists of what is to be freed",
            losses: [],
            uncovers: ["accounting", "dsl", "bpobj"].map { RepairConsequence($0) }
        ) { meta throws(RepairError) in
            let writer = PointerListRebuild(pool: pool, deflation: pool.deflation)
            for (number, pointers) in lists {
                try writer.fill(number, with: pointers, in: &meta)
            }
        }
    }

    /// All that a list and those below it hold; nil where it can't be read in full.
    private static func pointers(of list: BlockPointerList) -> [BlockPointer]? {
        struct Damaged: Error {}
        var pointers: [BlockPointer] = []
        do throws(Damaged) {
            try list.forEachPointer { step throws(Damaged) in
                guard case .pointer(let pointer, _, _) = step, pointers.count < mostWaiting else {
                    throw Damaged()
                }
                pointers.append(pointer)
            }
        } catch {
            return nil
        }
        return pointers
    }
}

extension Range<UInt64> {
    /// Where a problem is.
    fileprivate static func onVdev(_ problem: Problem) -> (vdev: UInt32, bytes: Range<UInt64>)? {
        guard let vdev = problem.location.vdev.flatMap({ UInt32(exactly: $0) }),
            let offset = problem.location.offset, let size = problem.location.size,
            size > 0, offset <= .max - size
        else { return nil }
        return (vdev, offset..<offset + size)
    }
}
