/// What a run of `verify` looks at and how it goes about it.
package struct VerifyOptions: Sendable {
    /// How many threads work.
    package var threadCount: Int
    /// The most memory that the run may take, in bytes.
    package var memory: Int
    /// What directories, datasets and objects of the MOS may take in any case, in bytes: without them little can be told.
    package var leastMemory = 1 << 26
    package var depth: VerifyDepth
    package var selection: CheckSelection
    /// The folder of the scratch file; nil to do without.
    package var scratchFolder: String?
    /// Whether the result keeps what is free and what is claimed, for whoever plans a repair.
    package var keepsSurvey = false
    /// What an earlier run has proven, to go on from there; nil where nobody wants to.
    package var state: VerifyState?
    /// What another run has just read of the same pool, which is not read again; nil to read everything.
    package var earlier: ProvenContents?

    package init(
        threadCount: Int, memory: Int = 1 << 30, depth: VerifyDepth = .standard,
        selection: CheckSelection = CheckSelection(), scratchFolder: String? = nil
    ) {
        self.threadCount = max(1, threadCount)
        self.memory = memory
        self.depth = depth
        self.selection = selection
        self.scratchFolder = scratchFolder
    }
}
