/// What can be wrong with the space map of a metaslab.
extension ProblemKind {
    package static let spacemapDoubleFree = ProblemKind(
        "spacemap.double-free", .error, .rebuild, cure: "spacemaps", "SM3",
        title: "A space map frees space that is already free",
        explanation: """
            An entry frees space that the entries before it have left free already. OpenZFS \
            2.3.1 and 2.3.2 wrote such entries, and a crash in the wrong moment can. The kernel \
            panics with "adding existent segment to range tree" or "removing nonexistent segment \
            from range tree" as soon as it loads the metaslab, which it does on import or at \
            some later write.

            No data is affected. Import with -o readonly=on to copy data out: a read-only import \
            does not load metaslabs. A repair writes the space map anew from the block tree.
            """)

    package static let spacemapDoubleAllocation = ProblemKind(
        "spacemap.double-alloc", .error, .rebuild, cure: "spacemaps", "SM3",
        title: "A space map allocates space that is already allocated",
        explanation: """
            An entry allocates space that the entries before it have in use already. The kernel \
            panics when it loads the metaslab.

            Look whether the same space is also claimed twice (block.claimed-twice): then two \
            blocks were written to one place, and one of them is lost. Otherwise only the map is \
            wrong, and a repair writes it anew from the block tree.
            """)

    package static let spacemapOutOfBounds = ProblemKind(
        "spacemap.out-of-bounds", .error, .rebuild, cure: "spacemaps", "SM2",
        title: "A space map entry reaches outside its metaslab",
        explanation: """
            An entry reaches past the start or the end of its metaslab. The kernel verifies that \
            when it loads the metaslab, and panics where it does not hold.

            What of the entry lies inside the metaslab has been counted. No data is affected; a \
            repair writes the map anew.
            """)

    package static let spacemapForeignVdev = ProblemKind(
        "spacemap.foreign-vdev", .error, .rebuild, cure: "spacemaps", "SM2",
        title: "A space map entry names another vdev than the map's own",
        explanation: """
            An entry of two words carries the number of another vdev than that of the metaslab \
            which the map belongs to. Memory that flipped a bit, or a map that was written over, \
            look like this.

            The entry was left out when the map was played back. A repair writes the map anew \
            from the block tree.
            """)

    package static let spacemapBadEntry = ProblemKind(
        "spacemap.bad-entry", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map holds an entry that can't be",
        explanation: """
            An entry of two words begins at the end of a block of the map and does not end in \
            it, or has a form that no version of OpenZFS writes. What stands after it in that \
            block can't be told.

            A repair writes the map anew from the block tree.
            """)

    package static let spacemapUnreadable = ProblemKind(
        "spacemap.unreadable", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map can't be read",
        explanation: """
            A block of the space map, or its object, can't be read. What the metaslab has in use \
            is then only known from the block tree, so it was not compared.

            The kernel can't load the metaslab: an import fails, or writes to it do. A repair \
            writes the map anew from the block tree.
            """)

    package static let spacemapAllocated = ProblemKind(
        "spacemap.alloc-total", .error, .rebuild, cure: "spacemaps", "SM4",
        title: "A space map's total of allocated space is not the sum of its entries",
        explanation: """
            smp_alloc in the map's header is not the sum of what the map's entries allocate less \
            what they free. Space figures of the pool are off by the difference, and a metaslab \
            may be taken for full or empty.

            No data is affected. A repair computes the total anew.
            """)

    package static let spacemapLength = ProblemKind(
        "spacemap.length", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map's length does not fit its object",
        explanation: """
            smp_length in the map's header is no multiple of eight or reaches past the end of \
            the map's object. Only what there is of the object was read.

            The kernel reads past the end and finds zeros, or fails. A repair writes the map \
            anew.
            """)

    package static let spacemapHistogram = ProblemKind(
        "spacemap.histogram", .warning, .rebuild, cure: "spacemaps", "SM5",
        title: "A space map's histogram is not that of its free space",
        explanation: """
            The histogram in the map's header counts more free space than the metaslab has. The \
            kernel chooses metaslabs by it: it would load this one in vain again and again, and \
            a debug build panics.

            No data is affected. A repair counts anew.
            """)

    package static let spacemapTxg = ProblemKind(
        "spacemap.txg", .warning, .rebuild, cure: "spacemaps", "SM6",
        title: "A space map has entries of a transaction group that can't be",
        explanation: """
            The entries of a map are written in the order of transaction groups, and none can be \
            of a group after the pool's newest. Where that does not hold, blocks of the map are \
            out of order, of another pool, or older than they should be.

            Whether the map is right all the same shows in the comparison with the block tree.
            """)

    package static let spacemapLeak = ProblemKind(
        "spacemap.leak", .warning, .rebuild, cure: "spacemaps", "SM7",
        title: "Space is marked allocated, but nothing owns it",
        explanation: """
            The map has the space in use, and nothing in the pool owns it: no dataset, snapshot, \
            log, list of blocks to be freed, checkpoint. It can't be used and is not freed by \
            deleting anything.

            No data is affected; only space is lost. A repair frees it.
            """)

    package static let spacemapUnprotected = ProblemKind(
        "spacemap.unprotected", .error, .rebuild, cure: "spacemaps", "SM7",
        title: "Space is in use, but marked free: the next write may destroy what is there",
        explanation: """
            A block lies there, and the map has the space free: the next write to the pool may \
            be put there and destroy it. Whoever destroys or overwrites the owner then frees it \
            a second time, and the kernel panics.

            Don't let anything write to the pool. Import only with -o readonly=on, or copy the \
            owners out with extract. A repair marks the space as used; what has been overwritten \
            meanwhile shows as a checksum error.
            """)
}
