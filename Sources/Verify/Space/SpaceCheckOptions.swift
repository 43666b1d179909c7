/// How a space check goes about its work.
package struct SpaceCheckOptions: Sendable {
    /// How many threads walk and compare.
    package var threadCount: Int
    /// The most memory that claims and logs may take, in bytes; what is more goes to the scratch file.
    package var memory: Int
    /// Which blocks are read although nothing hangs on them.
    package var depth: ChecksumDepth
    /// What is done with the contents of those blocks, beyond their checksums; nil for nothing.
    var expansion: ContentExpansion.Extent?
    /// Where flaws of copies and parity go; nil to read one good copy of each block.
    var copies: CopyFindings?
    /// Proves what is encrypted; nil to leave that to the checksums.
    var codes: BlockCodes?
    /// The folder of the scratch file, which is unlinked as soon as it is made; nil to do without.
    package var scratchFolder: String?
    /// Whether a second walk looks for the owners of what was found.
    package var findsOwners: Bool
    /// Whether the result holds the survey that a repair plans with; it takes two bits for each allocation unit.
    package var keepsSurvey = false
    /// Whether what only the checkpoint keeps counts as owned by nobody.
    var leavesOutCheckpoint = false
    /// Whether the copies of a vdev that is being removed count as owned by nobody.
    var leavesOutRemoval = false
    /// Whether references to deduplicated blocks are counted also where there is one.
    var countsReferences = false
    /// What an earlier run has proven, to go on from there; nil where nobody wants to.
    var state: VerifyState?
    /// What another run has just read of the same pool.
    var earlier: ProvenContents?

    package init(
        threadCount: Int, memory: Int = 1 << 30, depth: ChecksumDepth = .none,
        scratchFolder: String? = nil, findsOwners: Bool = true
    ) {
        self.threadCount = max(1, threadCount)
        self.memory = memory
        self.depth = depth
        self.scratchFolder = scratchFolder
        self.findsOwners = findsOwners
    }
}
