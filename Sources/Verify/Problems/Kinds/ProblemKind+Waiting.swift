/// What can be wrong with blocks and lists that wait to be freed.
extension ProblemKind {
    package static let waitingBlockInUse = ProblemKind(
        "bpobj.live-block", .error, .discard, cure: "side-objects", "BO2",
        title: "A block that waits to be freed is in use",
        explanation: """
            A list of what is to be freed in the next transaction groups names a block to which a \
            dataset or the pool itself still leads. As soon as the pool is imported for writing, \
            the block is freed and written over.

            The data is whole as long as nobody imports the pool for writing. A repair takes the \
            block off the list.
            """)

    package static let remapDeadlist = ProblemKind(
        "deadlist.remap-bad", .warning, .discard, cure: "deadlists", "DL4",
        title: "A dataset's list of old places on removed vdevs can't be right",
        explanation: """
            Early versions could give blocks of removed vdevs their new addresses, and kept for \
            each dataset the old places that snapshots still name. Such a list exists although no \
            vdev was removed, names places on vdevs that are there, or does not add up. The kernel \
            panics when it frees the dataset.

            No data is affected. A repair gives the list up, so that some obsolete space of a \
            removed vdev's mapping is never counted as such.
            """)

    package static let deletedClone = ProblemKind(
        "livelist.deleted-bad", .error, .discard, cure: "livelists", "LL3",
        title: "The list of destroyed clones that wait to be freed can't be right",
        explanation: """
            A destroyed clone is freed in the background from the list of its own blocks. An entry \
            names no such list, names it twice, or names that of a clone that still exists. The \
            kernel panics in the background soon after the import, or frees blocks of the clone \
            that is in use.

            Don't import the pool for writing before it is repaired. A repair removes the entry; \
            the blocks of the destroyed clone are then free.
            """)
}
