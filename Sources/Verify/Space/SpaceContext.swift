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
    /// What is done with contents that are read, beyond their checksums.
    let expansion: ContentExpansion.Extent?
    let meter: ProgressMeter
    /// Datasets whose contents an earlier run has proven, by their objects: their data are not read again.
    let proven: Set<UInt64>
    /// Blocks that are still to be read when the walk has ended.
    let leftovers = LeftoverBlocks()

    init(
        space: PointerSpace, claims: SpaceClaims, shared: SharedBlocks, lastTxg: TransactionGroup,
        depth: ChecksumDepth, expansion: ContentExpansion.Extent?, meter: ProgressMeter,
        proven: Set<UInt64> = []
    ) {
        self.space = space
        self.claims = claims
        self.shared = shared
        self.lastTxg = lastTxg
        self.depth = depth
        self.expansion = expansion
        self.meter = meter
        self.proven = proven
    }
}
