/// What can be wrong with checkpoints, removed vdevs and lists.
extension ProblemKind {
    package static let indirectOutOfBounds = ProblemKind(
        "indirect.out-of-bounds", .error, .none, "IN2",
        title: "A removed vdev's mapping leads to space that does not exist",
        explanation: """
            The mapping that says where the blocks of a removed vdev were copied to leads to \
            space that no vdev has. Blocks there are lost.

            Nothing can put the mapping right; the blocks can be made holes.
            """)

    package static let indirectGap = ProblemKind(
        "indirect.gap", .error, .discard, cure: "blocks", "IN3",
        title: "A block lies on a removed vdev where no mapping says what became of it",
        explanation: """
            A block still has its address on a removed vdev, and the mapping does not cover it. \
            Some kernels dereference a null pointer when they read it.

            The block is lost unless it has another copy. A repair makes it a hole, by consent.
            """)

    package static let checkpointMap = ProblemKind(
        "checkpoint.spacemap", .error, .rebuild, cure: "stuck", "CK1", "CK2",
        title: "The space map of what the checkpoint keeps can't be right",
        explanation: """
            The space map of what was freed since the checkpoint holds something else than frees \
            within its vdev, each once. The space that the checkpoint keeps is then unknown.

            Discarding the checkpoint may make the kernel panic. The data of the present state \
            are not affected. A repair finds out from both states what only the checkpoint keeps.
            """)

    package static let obsoleteMap = ProblemKind(
        "indirect.obsolete-map", .warning, .rebuild, cure: "spacemaps", "OB1",
        title: "The space map of a removed vdev's obsolete space can't be right",
        explanation: """
            The space map of what of a removed vdev is no longer referred to holds something \
            else than ranges of its mapping, each once. It only matters when the mapping is \
            condensed.

            No data is affected. A repair counts anew.
            """)

    package static let dirtyTimeLog = ProblemKind(
        "vdev.dtl", .warning, .rebuild, cure: "stuck", "CF4", "SM1",
        title: "A device's list of the transaction groups that it missed can't be right",
        explanation: """
            A device's list of the transaction groups that it missed (DTL) names groups that do \
            not exist, or can't be read. A resilver would copy too much, or too little.

            Scrub the pool after it was imported. A repair keeps what of the list can be true, or, where \
            it can't be read, lets the device be resilvered in full.
            """)

    package static let listUnreadable = ProblemKind(
        "bpobj.unreadable", .error, .discard, cure: "side-objects", "BO1",
        title: "A list of blocks that wait to be freed can't be read",
        explanation: """
            A list of blocks that wait to be freed can't be read in full. What is on it stays \
            allocated for ever, and what it owns is unknown, so that leaks are withheld.

            No data is affected.
            """)
}
