/// What can be wrong with bookmarks, livelists and the queue of destroyed datasets.
extension ProblemKind {
    package static let livelistUnreadable = ProblemKind(
        "livelist.unreadable", .error, .discard, cure: "livelists", "LL1",
        title: "The livelist of a clone can't be read",
        explanation: """
            A clone's livelist, which names the blocks that the clone has of its own so that it can be destroyed fast, \
            can't be read. The kernel panics when it opens the clone for writing, or when it destroys it.

            Files are not affected. A repair removes the list; the clone is then destroyed by its tree.
            """)

    package static let livelistTotals = ProblemKind(
        "livelist.totals-mismatch", .error, .discard, cure: "livelists", "LL2",
        title: "A livelist's totals are not the sums of its lists",
        explanation: """
            The sums in the header of a clone's livelist are not those of the blocks that it holds. Destroying the clone \
            takes the wrong amount off.

            Files are not affected. A repair removes the list; the clone is then destroyed by its tree.
            """)

    package static let livelistPairing = ProblemKind(
        "livelist.unpaired-free", .error, .discard, cure: "livelists", "LL1",
        title: "A livelist says that a block was freed that was never written",
        explanation: """
            Every freed block in a part of a livelist has an entry of its writing in the same part. One has not: the \
            kernel verifies that when the clone is destroyed, and panics.

            Files are not affected. A repair removes the list; the clone is then destroyed by its tree.
            """)

    package static let livelistSpace = ProblemKind(
        "livelist.space-mismatch", .error, .discard, cure: "livelists", "LL2",
        title: "A livelist does not come to what its clone has of its own",
        explanation: """
            The blocks of a clone's livelist are not those that the clone has written since it was made. Destroying the \
            clone frees blocks that are in use, or leaks some.

            Don't destroy the clone before it is repaired. A repair removes the list; the clone is then destroyed by its \
            tree.
            """)

    package static let bookmarkForm = ProblemKind(
        "bookmark.bad-form", .warning, .discard, cure: "side-objects", "BM1",
        title: "A bookmark has a form that does not exist",
        explanation: """
            A bookmark has a number of words that no version writes, or was made of a snapshot from the future. Listing \
            bookmarks, or an incremental send from it, fails.

            No data is affected. A repair removes the bookmark.
            """)

    package static let bookmarkSnapshot = ProblemKind(
        "bookmark.no-snapshot", .warning, .rebuild, cure: "side-objects", "BM1",
        title: "A bookmark says that its snapshot exists, and there is none",
        explanation: """
            A bookmark that keeps sums says that its snapshot is still there, but no snapshot has its identifier and time. \
            The written space since the bookmark is shown wrong.

            No data is affected. A repair clears the flag.
            """)

    package static let bookmarkSums = ProblemKind(
        "bookmark.sums-mismatch", .warning, .rebuild, cure: "side-objects", "BM1",
        title: "A bookmark keeps other sums than its snapshot has",
        explanation: """
            What a bookmark says that its snapshot refers to is not what the snapshot says. The written space since the \
            bookmark is shown wrong.

            No data is affected. A repair copies the sums.
            """)

    package static let redactionUnreadable = ProblemKind(
        "bookmark.redaction-list-unreadable", .warning, .discard, cure: "side-objects", "BM1",
        "RD1",
        title: "The redaction list of a bookmark can't be read",
        explanation: """
            A bookmark names a list of what redacted sends leave out, and the list can't be read. Redacted sends from it \
            fail.

            No data is affected. A repair removes the bookmark; redact the snapshot anew.
            """)

    package static let redactionOrder = ProblemKind(
        "bookmark.redaction-list-bad", .warning, .discard, cure: "side-objects", "RD1",
        title: "A redaction list is not sorted, or not as long as it says",
        explanation: """
            A list of what redacted sends leave out counts more ranges than it has room for, has a hole, or is not in the \
            order of objects and blocks. Sends would leave out too little or too much.

            Do not send from it. No data is affected. A repair removes the bookmark; redact the snapshot anew.
            """)

    package static let destroyedTotals = ProblemKind(
        "bpobj.destroyed-totals", .warning, .rebuild, cure: "deadlists", "BT1",
        title: "The queue of destroyed datasets does not count what is to be freed",
        explanation: """
            Datasets that were destroyed wait in a queue to be freed in the background. Its sums are not what their blocks \
            take: the property freeing is shown wrong, and what is left over in the end is called leaked.

            No data is affected. A repair adds up anew.
            """)
}
