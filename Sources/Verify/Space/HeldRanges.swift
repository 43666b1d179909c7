import Objects

/// Ranges of a vdev, as long as there is memory for all of them.
struct HeldRanges: Sendable {
    private(set) var set = RangeSet()
    /// Whether there was memory for all; else none is held.
    private(set) var isWhole = true
    private let memory: MemoryShare

    /// What a range takes in a set whose pieces are half full, and in a list beside it, in bytes.
    static let bytesPerRange = 64

    init(_ memory: MemoryShare) { self.memory = memory }

    /// Adds a range; returns the lowest part of it that was there already.
    @discardableResult
    mutating func insert(_ range: Range<UInt64>) -> Range<UInt64>? {
        guard isWhole else { return nil }
        let count = set.count
        let known = set.insert(range)
        settle(count)
        return known
    }

    mutating func remove(_ range: Range<UInt64>) {
        guard isWhole else { return }
        let count = set.count
        set.remove(range)
        settle(count)
    }

    /// Takes memory for what has come to `count` ranges, or gives it back.
    private mutating func settle(_ count: Int) {
        let change = set.count - count
        if change < 0 {
            memory.giveBack(-change * Self.bytesPerRange)
        } else if change > 0, !memory.take(change * Self.bytesPerRange) {
            memory.giveBack(count * Self.bytesPerRange)
            set = RangeSet()
            isWhole = false
        }
    }

    /// Forgets all, since some of it is unknown.
    mutating func lose() {
        end()
        isWhole = false
    }

    /// Forgets all ranges and gives their memory back.
    mutating func end() {
        memory.giveBack(set.count * Self.bytesPerRange)
        set = RangeSet()
    }
}

extension RangeSet {
    /// Gives each range to `body`, in order.
    func forEachRange(_ body: (Range<UInt64>) -> Void) {
        var position: UInt64 = 0
        while let range = firstOverlap(position..<UInt64.max) {
            body(range)
            position = range.upperBound
        }
    }
}
