/// What can be wrong with block reference tables.
extension ProblemKind {
    package static let cloneTable = ProblemKind(
        "brt.unreadable", .error, .rebuild, cure: "clones", "BR1",
        title: "A block reference table can't be read",
        explanation: """
            The table of a vdev's cloned blocks can't be read. The kernel panics when it imports the pool for writing.

            No data is affected. A repair makes the table anew from the blocks.
            """)

    package static let cloneHeader = ProblemKind(
        "brt.bad-header", .error, .rebuild, cure: "clones", "BR1",
        title: "The header of a block reference table can't be right",
        explanation: """
            The size of the ranges, the number of counters or the byte order in the header of a vdev's block reference \
            table is none that it can have. The kernel looks cloned blocks up in the wrong range, and frees them while \
            they are shared.

            Delete no cloned files before it is repaired. A repair makes the table anew from the blocks.
            """)

    package static let cloneEntry = ProblemKind(
        "brt.bad-entry", .error, .rebuild, cure: "clones", "BR5",
        title: "An entry of a block reference table can't be right",
        explanation: """
            An entry has a key or a value of the wrong form, counts no reference, or lies past the end of its vdev. The \
            kernel fails or panics when it comes to the block.

            No data is affected. A repair makes the entry anew from the block's references.
            """)

    package static let cloneRegion = ProblemKind(
        "brt.entcount-mismatch", .error, .rebuild, cure: "clones", "BR2",
        title: "A block reference table counts other entries in a range than there are",
        explanation: """
            For each 16 MiB of a vdev the table counts how many of its blocks are cloned. Where it says none, the kernel \
            does not look for entries: cloned blocks are freed and written over while other files use them.

            Delete no cloned files before it is repaired. A repair counts anew.
            """)

    package static let cloneTotals = ProblemKind(
        "brt.total-mismatch", .error, .rebuild, cure: "clones", "BR2",
        title: "A block reference table counts other entries than it has",
        explanation: """
            The number of entries in the table's header is not the number of its entries. When it falls to zero the kernel \
            throws the table away, with entries that are still needed.

            Delete no cloned files before it is repaired. A repair counts anew.
            """)

    package static let cloneCount = ProblemKind(
        "brt.refcount-mismatch", .error, .rebuild, cure: "clones", "BR4",
        title: "A cloned block has other references than its entry counts",
        explanation: """
            An entry counts the references to a cloned block beyond the first. A number that is too low lets the block be \
            freed and written over while files still use it; one that is too high keeps it for ever.

            Where it is too low, delete no cloned files before it is repaired: a repair sets the number to what was counted.
            """)

    package static let cloneUnreferenced = ProblemKind(
        "brt.unreferenced", .warning, .rebuild, cure: "clones", "BR4",
        title: "Nothing refers to a block of a block reference table",
        explanation: """
            A block reference table has an entry of a block to which no block pointer leads. A block that is written there \
            later would not be freed.

            No data is affected. A repair removes the entry.
            """)

    package static let cloneSpace = ProblemKind(
        "brt.space-mismatch", .warning, .rebuild, cure: "clones", "BR3",
        title: "A block reference table's space is not that of its entries",
        explanation: """
            bvp_usedspace or bvp_savedspace is not what the cloned blocks take, or what their further references would. \
            zpool get bcloneused and bclonesaved show wrong numbers.

            No data is affected. A repair adds up anew.
            """)
}
