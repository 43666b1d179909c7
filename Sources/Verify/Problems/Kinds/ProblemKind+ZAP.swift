/// What can be wrong in a ZAP. The codes are those of the readers' own notes.
extension ProblemKind {
    package static let zapHeader = ProblemKind(
        "zap.header", .error, .rebuild, cure: "zap", "ZM1", "ZF1", "ZF7",
        title: "The head of a ZAP says something that it can't say",
        explanation: """
            The first block of a ZAP, a table of names and values, says what kind it is, how its \
            keys are hashed and where its parts are. A field of it is out of range or does not \
            go with the others.

            The kernel refuses the ZAP, panics, or looks for names by the wrong hash. Entries \
            whose leaves are whole can be read. A repair builds the ZAP anew from them.
            """)

    package static let zapPointerTable = ProblemKind(
        "zap.ptrtbl-bad", .error, .rebuild, cure: "zap", "ZF2",
        title: "A ZAP's pointer table leads to a block that can't be a leaf",
        explanation: """
            A slot of the pointer table, by which a hash is looked up, names a block past the \
            end of the ZAP or one that holds no leaf. A fault of shrinking left such slots, and \
            so does overwritten memory.

            Names whose hashes begin with that slot are not found: lookups give an I/O error or \
            panic. The leaves have the entries still; a repair builds the table anew from the \
            leaves.
            """)

    package static let zapLeafHeader = ProblemKind(
        "zap.leaf-header-bad", .error, .rebuild, cure: "zap", "ZF3",
        title: "A block that should be a leaf of a ZAP is none",
        explanation: """
            The pointer table leads to a block that does not begin as a leaf does.

            Its entries are lost unless the header alone is damaged. A repair gives the leaf up, \
            by consent, or builds its header anew where its chunks are whole.
            """)

    package static let zapLeafPrefix = ProblemKind(
        "zap.leaf-prefix-bad", .error, .rebuild, cure: "zap", "ZF2", "ZF3",
        title: "A ZAP's leaf is not where its own prefix says",
        explanation: """
            A leaf holds all entries whose hashes begin with its prefix, and all slots of the \
            pointer table with that prefix lead to it. Here the leaf says another prefix than \
            the slots.

            The kernel looks in the wrong leaf or the wrong bucket, does not find names, and may \
            add a name twice. All entries can be read. A repair builds the table and the leaves \
            anew.
            """)

    package static let zapUnreferencedLeaf = ProblemKind(
        "zap.leaf-unreferenced", .error, .rebuild, cure: "zap", "ZF2", "ZF6",
        title: "A leaf of a ZAP is in no slot of the pointer table",
        explanation: """
            A leaf is stored, but no slot of the pointer table leads to it.

            The kernel does not find its entries. If the slots that should lead to it are \
            damaged, they are the only ones; else they may be a copy that was left behind. A \
            repair builds the table anew.
            """)

    package static let zapMissingLeaf = ProblemKind(
        "zap.leaf-missing", .error, .rebuild, cure: "zap", "ZF6", "ZF8",
        title: "A ZAP's pointer table leads to a hole",
        explanation: """
            A slot of the pointer table names a block where nothing is stored: a leaf that was \
            freed while something still led to it.

            Lookups of its names give an I/O error. The entries that were there are lost; a \
            repair lets the slots lead to a neighbour.
            """)

    package static let zapBlockPastEnd = ProblemKind(
        "zap.block-past-end", .warning, .rebuild, cure: "zap", "ZF6",
        title: "A ZAP has a block past the end that its head gives",
        explanation: """
            The head says which block was never used yet. Blocks from there on are stored all \
            the same.

            A new leaf will be put in the place of such a block, so that what it holds is lost. \
            A repair sets the number that the blocks have.
            """)

    package static let zapChainLoop = ProblemKind(
        "zap.chain-loop", .error, .rebuild, cure: "zap", "ZF4",
        title: "A chain in a ZAP's leaf leads back to itself or into another",
        explanation: """
            Entries, names and values are chains of small chunks, each in one chain. Here a \
            chunk is reached twice.

            The kernel follows the chain for ever: a lookup hangs. All entries can be read. A \
            repair builds the leaf anew from its entries.
            """)

    package static let zapChainBroken = ProblemKind(
        "zap.chain-broken", .error, .rebuild, cure: "zap", "ZF4",
        title: "A chain in a ZAP's leaf leaves the leaf or meets the wrong kind of chunk",
        explanation: """
            Entries, names and values are chains of small chunks. Here the number of the next \
            chunk lies outside the leaf, leads to a chunk of another kind, or the chain goes on \
            after its end.

            The kernel reads what is not there, or panics. Entries before and beside the break \
            can be read. A repair builds the leaf anew from what is whole.
            """)

    package static let zapLostEntry = ProblemKind(
        "zap.entry-lost", .error, .rebuild, cure: "zap", "ZF4",
        title: "An entry of a ZAP is in no chain",
        explanation: """
            A leaf has an entry that no bucket leads to.

            The kernel does not find the name, although it is whole. A repair puts it back into \
            its chain.
            """)

    package static let zapBadEntry = ProblemKind(
        "zap.entry-bad", .error, .rebuild, cure: "zap", "ZF5",
        title: "An entry of a ZAP says something that no entry can say",
        explanation: """
            The value of an entry has integers of a size that there is not, or its name has a \
            NUL inside.

            The kernel panics or does not find the name. A repair drops the entry, by consent, \
            and tells its name.
            """)
}
