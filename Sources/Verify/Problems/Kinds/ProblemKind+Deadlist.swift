/// What can be wrong with deadlists and the lists of block pointers that they consist of.
extension ProblemKind {
    package static let deadlistUnreadable = ProblemKind(
        "deadlist.unreadable", .error, .rebuild, cure: "deadlists", "DL1",
        title: "A deadlist can't be read",
        explanation: """
            The deadlist of a dataset, which lists the blocks of the snapshot before that the dataset no longer has, can't \
            be read. The kernel panics when that snapshot is destroyed, and some versions when a snapshot is taken.

            Files are not affected. A repair makes the list anew by comparing the two block trees.
            """)

    package static let deadlistKey = ProblemKind(
        "deadlist.bad-key", .error, .rebuild, cure: "deadlists", "DL1",
        title: "A deadlist has a key that can't be",
        explanation: """
            The keys of a deadlist are transaction groups in hexadecimal, each once. One is no number, leads to no list, or \
            stands for a group that another key stands for too: the kernel panics when it loads the deadlist.

            Files are not affected. A repair makes the list anew by comparing the two block trees.
            """)

    package static let deadlistMissingKey = ProblemKind(
        "deadlist.missing-key", .error, .rebuild, cure: "deadlists", "DL1",
        title: "A deadlist lacks the key of a snapshot",
        explanation: """
            A deadlist has a key for each snapshot before its dataset, by which the kernel finds what can be freed with \
            it. Without the key, destroying that snapshot frees too much or too little, or panics.

            Destroy no snapshots of this dataset. A repair sorts the blocks anew.
            """)

    package static let deadlistTotals = ProblemKind(
        "deadlist.totals-mismatch", .error, .rebuild, cure: "deadlists", "DL2",
        title: "A deadlist's totals are not the sums of its lists",
        explanation: """
            dl_used, dl_comp or dl_uncomp in a deadlist's header is not the sum of the lists below its keys. Space of \
            snapshots is shown wrong, and destroying one takes the wrong amount off.

            No data is affected. A repair adds up anew.
            """)

    package static let deadlistBirth = ProblemKind(
        "deadlist.wrong-birth", .error, .rebuild, cure: "deadlists", "DL3",
        title: "A block stands under the wrong key of a deadlist",
        explanation: """
            A deadlist's block was not born between the key that it stands under and the next one. When a snapshot is \
            destroyed the kernel frees whole keys at once: the block goes too early, while an older snapshot still needs \
            it, or is leaked.

            Destroy no snapshots of this dataset. A repair sorts the blocks anew.
            """)

    package static let deadlistLive = ProblemKind(
        "deadlist.live-block", .error, .rebuild, cure: "deadlists", "DL3",
        title: "A deadlist names a block that is in use",
        explanation: """
            A deadlist names a block that is not among those which the snapshot before the dataset has and the dataset has \
            not, and somebody uses it. When that snapshot is destroyed the block is freed under its owner: what is \
            written there next destroys it, and freeing it once more makes the kernel panic.

            Destroy no snapshots of this dataset before it is repaired. A repair makes the list anew by comparing the two \
            block trees.
            """)

    package static let deadlistForeign = ProblemKind(
        "deadlist.foreign-block", .error, .rebuild, cure: "deadlists", "DL3",
        title: "A deadlist names a block that nobody has",
        explanation: """
            A deadlist names a block that the snapshot before the dataset does not have, nor anybody else. When that \
            snapshot is destroyed, space is freed that is free already or belongs to another block by then, and the \
            kernel panics.

            Destroy no snapshots of this dataset before it is repaired. A repair makes the list anew by comparing the two \
            block trees.
            """)

    package static let deadlistMissing = ProblemKind(
        "deadlist.missing-block", .warning, .rebuild, cure: "deadlists", "DL3",
        title: "A deadlist lacks blocks that only older snapshots have",
        explanation: """
            The snapshot before a dataset has blocks that the dataset has not, and its deadlist does not name them. They \
            stay allocated for ever once that snapshot is destroyed.

            No data is affected. A repair makes the list anew by comparing the two block trees.
            """)

    package static let pointerListTotals = ProblemKind(
        "bpobj.totals-mismatch", .error, .rebuild, cure: "deadlists", "BO1",
        title: "A list of blocks does not count what it holds",
        explanation: """
            The header of a list of block pointers counts other bytes than its pointers and the lists below it take. \
            Space that snapshots hold or that waits to be freed is shown wrong, and an assertion of debug kernels fails \
            when the list is emptied.

            No data is affected. A repair adds up anew.
            """)

    package static let pointerListShared = ProblemKind(
        "bpobj.shared", .error, .rebuild, cure: "deadlists", "BO1",
        title: "A list of blocks belongs to two owners",
        explanation: """
            Two deadlists, or two lists, lead to the same list of blocks. Whichever is destroyed first frees the blocks and \
            the list; the other then frees them again, and the kernel panics.

            Destroy no snapshots. A repair makes both lists anew by comparing the block trees.
            """)

    package static let pointerListEntry = ProblemKind(
        "bpobj.bad-entry", .error, .discard, cure: "deadlists", "BO1",
        title: "A list of blocks holds a pointer that can't be freed",
        explanation: """
            A list of block pointers holds a hole, a block from the future, or one that is marked in a way that only \
            livelists know. The kernel panics on it, or frees what is not there.

            Files are not affected. A repair drops the pointer.
            """)
}
