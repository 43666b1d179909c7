import Blocks
import Bytes
import Devices
import Vdevs

/// What all workers of a space check share: the pool's geometry and where claims go.
package final class SpaceContext: Sendable {
    let space: PointerSpace
    let claims: SpaceClaims
    let shared: SharedBlocks
    /// The newest group that a block can be of.
    let lastTxg: TransactionGroup
    /// Which blocks are read although nothing hangs on them.
    let depth: ChecksumDepth
    let meter: ProgressMeter
    /// Blocks that are still to be read when the walk has ended.
    let leftovers = LeftoverBlocks()
    /// The position in `claims.vdevs` of each top-level vdev by number; nil where it has no space of its own.
    private let positions: [Int?]

    init(
        space: PointerSpace, claims: SpaceClaims, shared: SharedBlocks, lastTxg: TransactionGroup,
        depth: ChecksumDepth, meter: ProgressMeter
    ) {
        self.space = space
        self.claims = claims
        self.shared = shared
        self.lastTxg = lastTxg
        self.depth = depth
        self.meter = meter
        var positions = [Int?](repeating: nil, count: space.reader.vdevs.tops.count)
        for (position, vdev) in claims.vdevs.enumerated() where Int(vdev.vdev) < positions.count {
            positions[Int(vdev.vdev)] = position
        }
        self.positions = positions
    }

    /// The vdev of that number as claims know it.
    func position(of vdev: UInt32) -> Int? {
        Int(vdev) < positions.count ? positions[Int(vdev)] : nil
    }
}
