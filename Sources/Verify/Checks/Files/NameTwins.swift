import Files

/// Finds names of one directory that count as the same.
///
/// Of each name it keeps 8 bytes; only names of which those are alike are compared themselves, in a second round.
struct NameTwins {
    private let memory: MemoryShare
    /// Of all names that were noted; once settled, in order, those that several names have.
    private var hashes: [Int] = []
    /// Names of the second round.
    private var names: Set<FileName> = []
    /// What was taken, in bytes.
    private var taken = 0
    /// How many names there is room for.
    private var room = 0
    /// Whether there was memory for all.
    private(set) var isComplete = true

    /// For how many names memory is taken at once.
    private static let step = 256
    /// What a name takes in the first round while the list of them grows, in bytes.
    private static let bytesPerHash = 3 * MemoryLayout<Int>.size
    /// What a name takes in the second round beside its bytes.
    private static let bytesPerName = 128

    init(_ memory: MemoryShare) { self.memory = memory }

    mutating func note(_ key: FileName) {
        if hashes.count == room {
            guard isComplete, take(Self.step * Self.bytesPerHash) else { return }
            room += Self.step
        }
        hashes.append(key.hashValue)
    }

    private mutating func take(_ count: Int) -> Bool {
        isComplete = isComplete && memory.take(count)
        if isComplete { taken += count }
        return isComplete
    }

    /// Ends the first round; returns whether there must be a second.
    mutating func settle() -> Bool {
        hashes.sort()
        var count = 0
        for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
            if count > 0, hashes[count - 1] == hashes[index] { continue }
            hashes[count] = hashes[index]
            count += 1
        }
        hashes.removeLast(hashes.count - count)
        return count > 0
    }

    /// Whether a name of the second round counts as the same as one before it.
    mutating func isTwin(_ key: FileName) -> Bool {
        guard hasTwins(key.hashValue) else { return false }
        if names.contains(key) { return true }
        if take(Self.bytesPerName + key.bytes.count) { names.insert(key) }
        return false
    }

    private func hasTwins(_ hash: Int) -> Bool {
        var (low, high) = (0, hashes.count)
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low < hashes.count && hashes[low] == hash
    }

    /// Gives the memory back.
    mutating func end() {
        (hashes, names) = ([], [])
        memory.giveBack(taken)
        (taken, room) = (0, 0)
    }
}
