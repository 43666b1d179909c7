/// What can be wrong with hot spares, cache devices and the clock of the pool.
extension ProblemKind {
    package static let auxiliaryEntry = ProblemKind(
        "config.auxiliary-device", .warning, .discard, cure: "side-objects", "AX1",
        title: "The pool's list of spares or cache devices can't be right",
        explanation: """
            The pool lists its hot spares and cache devices beside its own devices. An entry lacks \
            what a device must have, or stands there twice. The kernel refuses to import the pool, \
            or panics when it opens the device.

            No data is affected, since neither holds any that is not elsewhere. A repair takes the \
            entry out; the device can be added again.
            """)

    package static let auxiliaryLabel = ProblemKind(
        "label.auxiliary-state", .warning, .none, "AX1", "LB5",
        title: "A spare or cache device has the label of something else",
        explanation: """
            A device that the pool lists as a hot spare or a cache device says in its label that it \
            is neither, or the other of the two. Most likely it was given to another pool since, or \
            its label was copied. A spare with a wrong label can't stand in for a device that fails.

            No data of this pool is affected. Look at what else is on the device, then remove it \
            from the pool and add it again.
            """)

    package static let transactionTimes = ProblemKind(
        "history.txg-times", .warning, .discard, cure: "side-objects", "TL1",
        title: "The record of which transaction group was current when can't be right",
        explanation: """
            Since version 2.4 the pool notes by minutes, days and months which transaction group \
            was current, so that a scrub can be limited to a time. One of the three rings has the \
            wrong length, runs backwards, or knows groups to come.

            No data is affected; a scrub by time may leave blocks out. A repair removes the record, \
            which then begins anew.
            """)

    package static let datasetFeature = ProblemKind(
        "dsl.feature-unmarked", .error, .rebuild, cure: "features", "DS6",
        title: "A dataset uses a feature with which it is not marked",
        explanation: """
            Features such as large blocks or a new checksum are marked in each dataset that uses \
            them, and the marks are counted. Blocks of this dataset use one without the mark. A \
            send leaves the feature out of the stream's header, and once the last dataset with the \
            mark is gone, the pool says that an older kernel can read it, which it can't.

            The data is whole. A repair sets the mark and the count.
            """)
}
