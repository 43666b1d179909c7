package import Devices

/// One worker's way into `SpaceClaims`: small batches for each metaslab, handed over when full.
package struct ClaimCollector: ~Copyable {
    private let claims: SpaceClaims
    /// The batches of all metaslabs one after the other.
    private var words: [UInt64]
    /// How many words each batch has.
    private var counts: [Int32]
    private let batchSize: Int
    /// The vdevs by their numbers, each with its first shard; nil for those without space of their own.
    private let vdevs: [(geometry: VdevGeometry, firstShard: Int)?]
    /// Runs handed over at a time; 64 words are a few cache lines and make the lock rare.
    private static let largestBatch = 64
    /// Memory that the batches of a pool with very many metaslabs may take, in words.
    private static let mostWords = 1 << 19

    package init(_ claims: SpaceClaims) {
        self.claims = claims
        let count = claims.shardCount
        batchSize = max(8, min(Self.largestBatch, Self.mostWords / max(1, count)))
        words = [UInt64](repeating: 0, count: count * batchSize)
        counts = [Int32](repeating: 0, count: count)
        let numbers = claims.vdevs.map { Int($0.vdev) }
        var vdevs = [(geometry: VdevGeometry, firstShard: Int)?](
            repeating: nil, count: (numbers.max() ?? -1) + 1)
        for (position, vdev) in claims.vdevs.enumerated() {
            vdevs[Int(vdev.vdev)] = (vdev, claims.shard(vdev: position, metaslab: 0))
        }
        self.vdevs = vdevs
    }

    /// Claims a range, cut where metaslabs meet; what lies on no vdev with space of its own is left out.
    ///
    /// Where the range is that of a block that `isShared`, others may claim the very same one.
    mutating func claim(_ range: SpaceRange, isShared: Bool = false) throws(DeviceError) {
        guard Int(range.vdev) < vdevs.count, let vdev = vdevs[Int(range.vdev)] else { return }
        let geometry = vdev.geometry
        var start = range.bytes.lowerBound
        while start < range.bytes.upperBound {
            let index = Int(truncatingIfNeeded: start >> UInt64(geometry.metaslabShift))
            guard index < geometry.metaslabCount else { return }
            let end = min(
                range.bytes.upperBound, geometry.start(ofMetaslab: index) + geometry.metaslabSize)
            try claim(
                geometry.units(start..<end, ofMetaslab: index), inShard: vdev.firstShard + index,
                isShared: isShared)
            start = end
        }
    }

    /// Claims `units` of a metaslab; the run must lie within it.
    package mutating func claim(
        _ units: Range<Int>, inShard shard: Int, isShared: Bool = false
    ) throws(DeviceError) {
        var start = units.lowerBound
        while start < units.upperBound {
            let end = min(units.upperBound, start + ClaimSegment.longestRun)
            words[shard * batchSize + Int(counts[shard])] =
                ClaimSegment(start..<end, isShared: isShared).rawValue
            counts[shard] += 1
            if counts[shard] == batchSize { try flush(shard) }
            start = end
        }
    }

    /// Hands over what is left; a collector that is dropped without it loses claims.
    package mutating func finish() throws(DeviceError) {
        for shard in counts.indices where counts[shard] > 0 { try flush(shard) }
    }

    private mutating func flush(_ shard: Int) throws(DeviceError) {
        let start = shard * batchSize
        let batch = words[start..<start + Int(counts[shard])]
        counts[shard] = 0
        try claims.add(batch, toShard: shard)
    }
}
