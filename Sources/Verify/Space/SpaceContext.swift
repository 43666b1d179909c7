package import Blocks
package import Bytes
import Vdevs

/// What all workers of a space check share: the pool's geometry and where claims go.
package final class SpaceContext: Sendable {
    let reader: BlockReader
    let claims: SpaceClaims
    let shared: SharedBlocks
    /// The newest group that a block can be of.
    let lastTxg: TransactionGroup
    /// The position in `claims.vdevs` of each top-level vdev by number; nil where it has no space of its own.
    private let positions: [Int?]

    package init(
        reader: BlockReader, claims: SpaceClaims, shared: SharedBlocks, lastTxg: TransactionGroup
    ) {
        self.reader = reader
        self.claims = claims
        self.shared = shared
        self.lastTxg = lastTxg
        var positions = [Int?](repeating: nil, count: reader.vdevs.tops.count)
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
