/// What can be wrong with dedup tables.
extension ProblemKind {
    package static let dedupForm = ProblemKind(
        "ddt.bad-form", .error, .rebuild, cure: "dedup", "DT1",
        title: "A dedup table has a form that does not exist",
        explanation: """
            The version or the flags of a dedup table's directory are none that any version of OpenZFS writes. The pool \
            does not import for writing.

            No data is affected. A repair makes the table anew from the blocks.
            """)

    package static let dedupStore = ProblemKind(
        "ddt.store-unreadable", .error, .rebuild, cure: "dedup", "DT1",
        title: "A store of a dedup table can't be read",
        explanation: """
            One of the ZAPs that a dedup table consists of can't be read. Freeing or writing a deduplicated block fails, \
            or makes the kernel panic.

            No data is affected. A repair makes the table anew from the blocks.
            """)

    package static let dedupEntry = ProblemKind(
        "ddt.bad-entry", .error, .rebuild, cure: "dedup", "DT4",
        title: "An entry of a dedup table can't be decoded",
        explanation: """
            The value of an entry is packed in a way that no version of OpenZFS writes, or does not unpack to its size. The \
            kernel panics when it comes to the block.

            No data is affected. A repair makes the entry anew from the block's references.
            """)

    package static let dedupClass = ProblemKind(
        "ddt.wrong-class", .error, .rebuild, cure: "dedup", "DT3",
        title: "A dedup entry stands in the store of another class",
        explanation: """
            Blocks with one reference stand in the store "unique", all others in "duplicate". An entry that stands in the \
            wrong one has a wrong count, or was not moved; or a record of a log says that its entry stands in a store in \
            which it does not. The kernel panics when it removes it.

            No data is affected. A repair counts the references and puts the entry where it belongs.
            """)

    package static let dedupTwice = ProblemKind(
        "ddt.duplicate-entry", .error, .rebuild, cure: "dedup", "DT3",
        title: "Two stores of a dedup table have an entry of the same block",
        explanation: """
            A block has an entry in two stores. Which of the two counts depends on the order in which they are asked; the \
            other keeps a stale count, and the block is freed too early or never.

            No data is affected yet. A repair counts the references and keeps one entry.
            """)

    package static let dedupStatistics = ProblemKind(
        "ddt.statistics", .warning, .rebuild, cure: "dedup", "DT5",
        title: "The statistics of a dedup table are not those of its entries",
        explanation: """
            DDT-statistics keeps sums over the entries of each store by how often they are referenced, without those for \
            which a log has newer ones. They are not what the entries come to: the pool's dedup ratio and size are shown wrong, and a number that would fall below zero \
            fails an assertion of debug kernels.

            No data is affected. A repair adds up anew.
            """)

    package static let dedupLogHeader = ProblemKind(
        "ddt.log-header", .error, .rebuild, cure: "dedup", "DT6",
        title: "The header of a dedup log can't be right",
        explanation: """
            The header of a fast dedup table's log has an unknown version or flags, a length that is no number of whole \
            blocks, a checkpoint without a flush, or both logs say that they are being flushed. The pool does not import.

            No data is affected. A repair writes the entries into the table and empties the logs.
            """)

    package static let dedupLogUnreadable = ProblemKind(
        "ddt.log-unreadable", .error, .rebuild, cure: "dedup", "DT6",
        title: "A dedup log can't be read",
        explanation: """
            The log object of a fast dedup table, or its header, can't be read. The pool does not import.

            No data is affected. A repair makes the table anew from the blocks.
            """)

    package static let dedupLogRecord = ProblemKind(
        "ddt.log-damaged", .error, .rebuild, cure: "dedup", "DT6",
        title: "A dedup log holds a record that can't be one",
        explanation: """
            A record of a fast dedup table's log has a length or a type that no record has, bits that have no meaning, or a \
            block of it can't be read. \
            A length of zero makes the kernel read the same record for ever while it imports; others make the import fail.

            The records after it in that block are not known; counts that they would have given are compared with the \
            table's. No data is affected. A repair writes what can be read into the table and empties the log.
            """)

    package static let dedupCount = ProblemKind(
        "ddt.refcount-mismatch", .error, .rebuild, cure: "dedup", "DT2",
        title: "A dedup entry counts other references than there are",
        explanation: """
            The number of references in a dedup entry is not the number of block pointers that lead to the block. A number \
            that is too low lets the block be freed and written over while files still use it; one that is too high keeps \
            it for ever.

            Where it is too low, delete nothing that is deduplicated before it is repaired: a repair sets the number to \
            what was counted.
            """)

    package static let dedupUnreferenced = ProblemKind(
        "ddt.unreferenced", .warning, .rebuild, cure: "dedup", "DT2",
        title: "Nothing refers to a block of a dedup table",
        explanation: """
            A dedup table knows a block to which no block pointer leads. It takes space that is never freed, and a new \
            block with the same contents would be given its place.

            No data is affected. A repair removes the entry and frees the block.
            """)

    package static let dedupMissing = ProblemKind(
        "ddt.missing-entry", .error, .rebuild, cure: "dedup", "DT2",
        title: "A deduplicated block has no entry",
        explanation: """
            A block pointer says that its block is shared by dedup, but the table, which is not of the kind that forgets \
            blocks, has no entry of it. The first pointer that is freed frees the block, whoever else uses it.

            Delete nothing that is deduplicated before it is repaired: a repair makes the entry anew.
            """)

    package static let dedupEntryMismatch = ProblemKind(
        "ddt.entry-mismatch", .error, .rebuild, cure: "dedup", "DT2",
        title: "A dedup entry and a pointer to its block disagree",
        explanation: """
            An entry of a dedup table names a block, and a pointer with the mark of dedup leads to the same place, but \
            checksum, sizes, address, birth, or salt and IV of an encrypted block are not the same in both. The kernel \
            finds entries by these: for that pointer it finds none, takes the block for one that the table has \
            forgotten, and frees it with the pointer, whoever else uses it.

            Where the block's checksum is right, the entry is wrong. Delete nothing that is deduplicated before it is \
            repaired: a repair makes the entry anew from the pointers.
            """)

    package static let dedupAddresses = ProblemKind(
        "ddt.address-mismatch", .error, .rebuild, cure: "pointers", "DT2",
        title: "A deduplicated block has a copy that its entry does not know",
        explanation: """
            A block pointer shares its first copy with an entry of a dedup table, but another of its copies is none of the \
            entry's. When the last reference goes, the kernel frees what the entry names: that copy stays allocated for \
            ever, or it belongs to somebody else already.

            The first copy is sound. A copy with the right checksum belongs to the block, and a repair enters it in the table \
            (`dedup`); any other is none, and a repair takes it out of the pointer, unless a snapshot has that.
            """)
}
