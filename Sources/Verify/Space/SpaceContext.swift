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
    /// Where flaws of copies and parity go; nil to read one good copy of each block.
    let copies: CopyFindings?
    /// Proves what is encrypted; nil to leave that to the checksums.
    let codes: BlockCodes?
    let meter: ProgressMeter
    /// Datasets whose contents an earlier run has proven, by their objects: their data are not read again.
    let proven: Set<UInt64>
    /// What another run has just read.
    let earlier: ProvenContents?
    let interruption: Interruption
    /// What the workers may take to note which parts of removed vdevs are in use.
    let mappingMemory: MemoryShare
    /// Blocks that are still to be read when the walk has ended.
    let leftovers = LeftoverBlocks()

    init(
        space: PointerSpace, claims: SpaceClaims, shared: SharedBlocks, lastTxg: TransactionGroup,
        options: SpaceCheckOptions, meter: ProgressMeter, interruption: Interruption
    ) {
        self.space = space
        self.claims = claims
        self.shared = shared
        self.lastTxg = lastTxg
        depth = options.depth
        expansion = options.expansion
        copies = options.copies
        codes = options.codes
        self.meter = meter
        self.interruption = interruption
        proven = options.state?.proven ?? []
        earlier = options.earlier
        mappingMemory = MemoryShare(options.memory / SharedBlocks.shareOfMemory)
    }
}
