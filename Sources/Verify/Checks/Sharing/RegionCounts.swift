/// How many entries of a block reference table lie in each region of its vdev.
struct RegionCounts {
    /// For each region that has a counter.
    private var counted: [UInt32]
    /// Those of others that have entries: none does in a sound table.
    private var beyond: [UInt64: UInt64] = [:]

    /// What a region with a counter takes, the counter included, in bytes.
    static let bytesPerRegion = MemoryLayout<UInt32>.size + MemoryLayout<UInt16>.size
    /// Regions without a counter that are told of; nobody reads more.
    private static let mostBeyond = 1 << 14

    init(count: Int) { counted = Array(repeating: 0, count: count) }

    mutating func add(_ region: UInt64) {
        if let place = Int(exactly: region), place < counted.count {
            counted[place] &+= 1
        } else if beyond[region] != nil || beyond.count < Self.mostBeyond {
            beyond[region, default: 0] += 1
        }
    }

    /// Gives each region whose entries are not as many as its counter says to `body`, in order.
    func forEachDifference(
        from counters: [UInt16], _ body: (_ region: UInt64, _ expected: UInt64, UInt16) -> Void
    ) {
        for place in counted.indices {
            let counter = place < counters.count ? counters[place] : 0
            guard counted[place] != UInt32(counter) else { continue }
            body(UInt64(place), UInt64(counted[place]), counter)
        }
        for (region, count) in beyond.sorted(by: { $0.key < $1.key }) { body(region, count, 0) }
    }
}
