/// What can be wrong with intent logs.
extension ProblemKind {
    package static let logHeader = ProblemKind(
        "zil.header", .error, .discard, cure: "zil", "ZI1",
        title: "The header of an intent log can't be right",
        explanation: """
            Each dataset's header says where its log begins and how far it was claimed and \
            replayed. Here it says that the log was claimed in a transaction group that does not \
            exist yet, that more was replayed than claimed, or it has bits that stand for nothing. \
            The kernel refuses the dataset, or replays what it should not.

            What the log holds are the last seconds before the pool was lost. zinspect extract \
            --replay shows the dataset as it would be after the replay. A repair drops the log.
            """)

    package static let logChain = ProblemKind(
        "zil.chain-broken", .error, .discard, cure: "zil", "ZI2",
        title: "A block of an intent log is no sound part of its chain",
        explanation: """
            A log block has a right checksum, but what it says can't be: records that reach past \
            the bytes in use, or a next block of another log or out of order. The log ends there, and \
            records behind it are lost.

            The dataset itself is as of the last transaction group. A repair cuts the log off \
            before that block.
            """)

    package static let logRecord = ProblemKind(
        "zil.record", .error, .discard, cure: "zil", "ZI3",
        title: "A record of an intent log can't be right",
        explanation: """
            A record has a type that no version knows, a length that is no multiple of eight, a \
            number that does not rise, or fields that can't be decoded. The kernel stops the replay \
            there, or panics.

            Records before it can be replayed. A repair cuts the log off before the record.
            """)

    package static let logRecordRefused = ProblemKind(
        "zil.record-refused", .error, .discard, cure: "zil", "ZI4",
        title: "A record of an intent log can't be replayed",
        explanation: """
            A record changes an object that is not there, takes a name out of a directory that \
            does not hold it, or reaches past what a file can be. The kernel stops the replay \
            there with "ZFS replay transaction error", and drops the records that follow.

            zinspect extract --replay goes on behind it. A repair drops the record.
            """)

    package static let logPointer = ProblemKind(
        "zil.pointer", .error, .discard, cure: "zil", "ZI5",
        title: "A record of an intent log leads to a block that can't be",
        explanation: """
            A record of a write or of a clone carries a block pointer, and that has numbers which no \
            version knows, or names a vdev that does not exist. The kernel refuses to claim the \
            log, or panics.

            What that record wrote is lost. A repair drops the record.
            """)
}
