/// What can be wrong with log space maps.
extension ProblemKind {
    package static let logNoTxg = ProblemKind(
        "logspacemap.bad-name", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "An entry in the list of log space maps names no transaction group",
        explanation: """
            The list of log space maps is a ZAP whose names are transaction groups in \
            hexadecimal. This name is none. The kernel takes it for group 0 and may panic.

            A repair folds all logs into the metaslabs' own maps and empties the list.
            """)

    package static let logDuplicate = ProblemKind(
        "logspacemap.duplicate-txg", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "Two log space maps claim the same transaction group",
        explanation: """
            Two names of the list of log space maps mean the same transaction group, such as "a" \
            and "0a". The kernel panics when it puts the second into its tree, on every import.

            Which of the two is right can't be told, so no metaslab was compared. A repair \
            writes the maps anew from the block tree and empties the list.
            """)

    package static let logUnreadable = ProblemKind(
        "logspacemap.unreadable", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A log space map can't be read",
        explanation: """
            A log space map, or a part of it, can't be read. Any metaslab may have changes in \
            it, so those that need it were not compared.

            The kernel fails to import the pool. A repair writes the maps anew from the block \
            tree and empties the list.
            """)

    package static let logMissing = ProblemKind(
        "logspacemap.missing", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A metaslab's changes stand in a log space map that does not exist",
        explanation: """
            A metaslab was flushed last in a transaction group whose log space map is not in the \
            list. The kernel fails to import the pool ("could not find log spacemap").

            A repair writes the map anew from the block tree and empties the list.
            """)

    package static let logUnneeded = ProblemKind(
        "logspacemap.unneeded", .note, .rebuild, cure: "spacemaps", "LS1",
        title: "A log space map is older than any change that is still needed",
        explanation: """
            ZFS removes a log space map once no metaslab needs it. One that stays wastes its own \
            space and nothing else.
            """)

    package static let logFuture = ProblemKind(
        "logspacemap.future-txg", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A log space map is of a transaction group after the pool's newest",
        explanation: """
            A log space map is of a transaction group after the pool's newest: a remnant of a \
            group that was never committed, or a wrong name. Its entries were played back like \
            the others.

            A repair writes the maps anew from the block tree and empties the list.
            """)

    package static let logBadEntry = ProblemKind(
        "logspacemap.bad-entry", .error, .rebuild, cure: "spacemaps", "LS2",
        title: "A log space map has an entry that belongs to no metaslab",
        explanation: """
            An entry of a log space map names no vdev, a vdev that the pool never had, or space \
            past a vdev's end. The kernel panics over it when it imports the pool.

            A repair writes the maps anew from the block tree and empties the list.
            """)

    package static let logEntryTxg = ProblemKind(
        "logspacemap.entry-txg", .warning, .rebuild, cure: "spacemaps", "LS2",
        title: "A log space map has entries of another transaction group than its own",
        explanation: """
            All entries of a log space map are of the transaction group that gave it its name. \
            Here some are of another one: the log was mixed up with another, or its name is \
            wrong.

            Whether the maps are right all the same shows in the comparison with the block tree.
            """)
}
