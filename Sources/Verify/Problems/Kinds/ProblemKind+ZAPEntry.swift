/// What can be wrong with the entries, counts and free space of a ZAP.
extension ProblemKind {
    package static let zapWrongHash = ProblemKind(
        "zap.hash-mismatch", .error, .rebuild, cure: "zap", "ZF5",
        title: "An entry of a ZAP does not have the hash of its name",
        explanation: """
            Each entry keeps the hash of its name. This one's is another, so either the name or \
            the hash was overwritten.

            The kernel does not find the name. The value can be read. A repair hashes the name \
            anew.
            """)

    package static let zapWrongBucket = ProblemKind(
        "zap.bucket-mismatch", .error, .rebuild, cure: "zap", "ZF5",
        title: "Entries of a ZAP are in another bucket or leaf than their hashes say",
        explanation: """
            The hash of an entry says in which leaf and in which chain of the leaf it stands. \
            Here entries stand elsewhere.

            The kernel does not find their names. All of them can be read. A repair builds the \
            leaf anew.
            """)

    package static let zapUnterminatedName = ProblemKind(
        "zap.name-unterminated", .error, .rebuild, cure: "zap", "ZM1", "ZF5",
        title: "A name in a ZAP has no end",
        explanation: """
            A name ends with a NUL. This one fills all the room that there is.

            The kernel reads on past it, into whatever follows. The name as far as it goes and \
            its value can be read. A repair drops the entry, by consent.
            """)

    package static let zapDuplicateName = ProblemKind(
        "zap.duplicate-name", .error, .rebuild, cure: "zap", "ZM1", "ZF5",
        title: "A name stands twice in a ZAP",
        explanation: """
            A ZAP has each name once. Here two entries have the same.

            The kernel finds the first, mostly; the second appears once that is removed. Which \
            is right can't be known from the ZAP. A repair keeps the first, by consent, and \
            tells both values.
            """)

    package static let zapDuplicateCollision = ProblemKind(
        "zap.cd-duplicate", .error, .rebuild, cure: "zap", "ZM1", "ZF5",
        title: "Two entries of a ZAP can't be told apart by hash and collision number",
        explanation: """
            Entries whose names have the same hash get different numbers, by which a cursor goes \
            from one to the next. Here two have the same.

            Listing a directory may leave one out or not end. Both can be found by name. A \
            repair numbers them anew.
            """)

    package static let zapCollisionOrder = ProblemKind(
        "zap.cd-order", .warning, .rebuild, cure: "zap", "ZF5",
        title: "A chain in a ZAP's leaf is not sorted, although the leaf says so",
        explanation: """
            Chains of leaves that say so are sorted by collision number. This one is not.

            Where names are looked up without regard to case, another one of several may be \
            found. A repair sorts the chain.
            """)

    package static let zapLeafCount = ProblemKind(
        "zap.leaf-count-mismatch", .warning, .rebuild, cure: "zap", "ZF4", "ZF6",
        title: "A ZAP's count of leaves, or a leaf's of entries, is off",
        explanation: """
            The head of a ZAP counts its leaves, and each leaf its entries. A count is not what \
            is there.

            All entries can be read. Adding and removing may split or drop a leaf at the wrong \
            time, and panics in debug builds. A repair counts anew.
            """)

    package static let zapEntryCount = ProblemKind(
        "zap.num-entries-mismatch", .warning, .rebuild, cure: "zap", "ZF6",
        title: "A ZAP's count of entries is off",
        explanation: """
            The head of a ZAP counts its entries. The number is not what is there.

            All entries can be read. What relies on the count is wrong, such as whether a \
            directory is empty. A repair counts anew.
            """)

    package static let zapFreeList = ProblemKind(
        "zap.freelist-bad", .error, .rebuild, cure: "zap", "ZF4",
        title: "The free chunks of a ZAP's leaf are not in its free list, or their number is off",
        explanation: """
            Chunks that are not used are chained and counted. Here a chunk is in neither state, \
            or the count is not that of the chain.

            All entries can be read. Adding a name may overwrite another, or panics. A repair \
            builds the leaf anew.
            """)

    package static let zapPadding = ProblemKind(
        "zap.padding-not-zero", .warning, .rebuild, cure: "zap", "ZM1", "ZF3",
        title: "Bits of a ZAP that are always zero are set",
        explanation: """
            The head of a ZAP or a leaf, or a slot, has bits set that no version uses: a flipped \
            bit, or a newer version's.

            All entries can be read. A repair clears the bits.
            """)

    package static let zapValueForm = ProblemKind(
        "zap.value-form", .warning, .none, "ZF5",
        title: "A value in a table of the pool is not of the form that values there have",
        explanation: """
            Properties, permissions, holds and descriptions of features are one number each, or a text \
            with a NUL at its end. This value is neither, or not the one that belongs there: its size \
            or count was overwritten.

            Who reads the value gets an error, or a text without an end. A property can be set anew.
            """)
}
