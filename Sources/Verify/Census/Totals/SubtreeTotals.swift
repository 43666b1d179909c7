import Objects
import Vdevs

/// What all trees of a pool take, whichever snapshots share them, put together from the notes of all workers.
struct SubtreeTotals: Sendable {
    /// Sorted by key, and resolved.
    private var entries: [SubtreeEntry] = []
    private var children: [UInt64] = []
    private(set) var born: [SubtreeRecorder.Root: SubtreeTotal] = [:]
    private(set) var incomplete: Set<SubtreeRecorder.Root> = []

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
                add(child, to: index, number: next)
            }
        }
        children = []
    }

    private mutating func add(_ child: Int, to index: Int, number: Int) {
        entries[index].total.add(entries[child].total)
        if number < Int(entries[index].fillingChildCount) {
            entries[index].fill &+= entries[child].fill
        }
        guard entries[index].isIndirect else { return }
        entries[index].ownCharged &+= entries[child].ownCharged
        entries[index].lastIndex = max(entries[index].lastIndex, entries[child].lastIndex)
    }

    /// What is below a block of pointers; nil where something there is unknown.
    func entry(_ pointer: BlockPointer) -> SubtreeEntry? {
        SubtreeKey.key(pointer).flatMap { entry($0) }
    }

    /// The same by its key.
    func entry(_ key: UInt64) -> SubtreeEntry? {
        guard let place = find(key), entries[place].state == .resolved else { return nil }
        return entries[place]
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
