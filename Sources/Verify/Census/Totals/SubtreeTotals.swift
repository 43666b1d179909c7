import Objects
import Vdevs

/// What all trees of a pool take, whichever snapshots share them, put together from the notes of all workers.
struct SubtreeTotals: Sendable {
    /// Sorted by key, and resolved.
    private var entries: [SubtreeEntry] = []
    private var children: [UInt64] = []
    private(set) var born: [SubtreeRecorder.Root: SubtreeTotal] = [:]
    private(set) var incomplete: Set<SubtreeRecorder.Root> = []

    /// What is known of a tree: its sum, and the highest index of a block of level 0 in it.
    struct Tree {
        let total: SubtreeTotal
        let lastIndex: UInt64
    }

    mutating func add(_ share: SubtreeRecorder) {
        let base = children.count
        entries.reserveCapacity(entries.count + share.entries.count)
        for var entry in share.entries {
            let start = base + Int(entry.childStart)
            // More keys than that are more memory than any run may take.
            guard let start = UInt32(exactly: start) else { continue }
            entry.childStart = start
            entries.append(entry)
        }
        children += share.children
        for (root, total) in share.born { born[root, default: SubtreeTotal()].add(total) }
        incomplete.formUnion(share.incomplete)
    }

    /// Adds to each block what is below it; to be called once, when all shares are there.
    mutating func resolve() {
        entries.sort { $0.key < $1.key }
        var path: [(entry: Int, next: Int)] = []
        for start in entries.indices where entries[start].state == .recorded {
            entries[start].state = .entered
            path.append((start, 0))
            while let (index, next) = path.last {
                guard next < Int(entries[index].childCount), entries[index].state == .entered
                else {
                    if entries[index].state == .entered { entries[index].state = .resolved }
                    path.removeLast()
                    continue
                }
                let key = children[Int(entries[index].childStart) + next]
                guard let child = find(key), entries[child].state != .entered,
                    entries[child].state != .incomplete
                else {
                    entries[index].state = .incomplete
                    continue
                }
                guard entries[child].state == .resolved else {
                    entries[child].state = .entered
                    path.append((child, 0))
                    continue
                }
                path[path.count - 1].next += 1
                entries[index].total.add(entries[child].total)
                if entries[index].isIndirect {
                    entries[index].lastIndex = max(
                        entries[index].lastIndex, entries[child].lastIndex)
                }
            }
        }
        children = []
    }

    /// The tree below a block and the block itself; nil where something below is unknown.
    ///
    /// `isBranch` says that the block holds pointers or dnodes.
    func tree(_ pointer: BlockPointer, own: SubtreeTotal, isBranch: Bool, index: UInt64) -> Tree? {
        guard isBranch, !pointer.isHole else { return Tree(total: own, lastIndex: index) }
        guard let key = SubtreeKey.key(pointer), let place = find(key),
            entries[place].state == .resolved
        else { return nil }
        var total = own
        total.add(entries[place].total)
        return Tree(total: total, lastIndex: entries[place].lastIndex)
    }

    private func find(_ key: UInt64) -> Int? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].key == key ? low : nil
    }
}
