package import Devices

/// One worker's way into `SpaceClaims`: small batches for each metaslab, handed over when full.
package struct ClaimCollector: ~Copyable {
    private let claims: SpaceClaims
    private var batches: [[UInt64]]
    /// Runs handed over at a time; 64 words are a few cache lines and make the lock rare.
    private static let batchSize = 64

    package init(_ claims: SpaceClaims) {
        self.claims = claims
        batches = [[UInt64]](repeating: [], count: claims.shardCount)
    }

    /// Claims `units` of a metaslab; the run must lie within it.
    package mutating func claim(_ units: Range<Int>, inShard shard: Int) throws(DeviceError) {
        var start = units.lowerBound
        while start < units.upperBound {
            let end = min(units.upperBound, start + ClaimSegment.longestRun)
            batches[shard].append(ClaimSegment(start..<end).rawValue)
            start = end
        }
        if batches[shard].count >= Self.batchSize { try flush(shard) }
    }

    /// Hands over what is left; a collector that is dropped without it loses claims.
    package mutating func finish() throws(DeviceError) {
        for shard in batches.indices where !batches[shard].isEmpty { try flush(shard) }
    }

    private mutating func flush(_ shard: Int) throws(DeviceError) {
        try claims.add(batches[shard][...], toShard: shard)
        batches[shard].removeAll(keepingCapacity: true)
    }
}
