/// What can be wrong with the history, the error logs and scans.
extension ProblemKind {
    package static let historyHeader = ProblemKind(
        "history.header", .warning, .discard, cure: "side-objects", "HI1",
        title: "The offsets of the pool's history can't be right",
        explanation: """
            The history is a ring: the record of the pool's creation, then the newest records \
            over the oldest. Its header says where they begin and end, and here they lie outside \
            of the ring or in the wrong order. zpool history fails, and new records may be \
            written over old ones.

            No data is affected. A repair begins an empty history.
            """)

    package static let historyRecord = ProblemKind(
        "history.bad-record", .warning, .discard, cure: "side-objects", "HI1",
        title: "A record of the pool's history can't be read",
        explanation: """
            A record has a length that can't be, or can't be unpacked. zpool history ends there.

            No data is affected. A repair cuts the ring off before the record.
            """)

    package static let errorEntry = ProblemKind(
        "errlog.bad-entry", .warning, .discard, cure: "errors", "EL1",
        title: "An entry of the error log names no block",
        explanation: """
            Entries of the log of broken blocks are named by object, level, block and birth (or, \
            in the first form, by dataset, object, level and block), in hexadecimal. This one is \
            not. The kernel takes it for some other block, or panics in a debug build.

            No data is affected. A repair takes the entry out.
            """)

    package static let errorHead = ProblemKind(
        "errlog.bad-head", .warning, .discard, cure: "errors", "EL1",
        title: "The error log has errors of no dataset",
        explanation: """
            The log of broken blocks has a table for each dataset, by the number of its object. \
            Here the name is no number, or what it leads to is no table.

            No data is affected. A repair takes the entry out.
            """)

    package static let errorStale = ProblemKind(
        "errlog.stale", .note, .discard, cure: "errors", "EL1",
        title: "The error log names a block that is gone or can be read",
        explanation: """
            A scrub or a read found the block broken once. Since then it was freed, written anew, \
            or repaired, and zpool status still lists it, as a name or as numbers like <0x39c>:<0xb>.

            Nothing is lost by it. Two scrubs with the kernel clear such entries, and so does `repair POOL errors`.
            """)

    package static let errorKnown = ProblemKind(
        "errlog.known", .note, .none, "EL1",
        title: "The error log names a block that can't be read",
        explanation: """
            A scrub or a read found the block broken, and it still is. zpool status lists it among \
            the permanent errors.

            Restore the file that it belongs to from a backup, then scrub the pool.
            """)

    package static let scanState = ProblemKind(
        "scan.state", .warning, .discard, cure: "side-objects", "SC1",
        title: "The state of a scrub or resilver can't be right",
        explanation: """
            The pool remembers what it is scanning, how far it is, and what is left to visit. Here \
            a number is none that exists, a range of transaction groups ends before it begins or \
            in the future, or the list of what is left is missing. The kernel fails to import the \
            pool, panics, or scans the wrong blocks.

            No data is affected. A repair sets the scan to none; scrub the pool afterwards.
            """)
}
