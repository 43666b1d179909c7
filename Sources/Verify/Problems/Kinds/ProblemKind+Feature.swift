/// What can be wrong with the features of a pool.
extension ProblemKind {
    package static let featureCount = ProblemKind(
        "feature.refcount-mismatch", .error, .rebuild, cure: "features", "FE1", "SM9",
        title: "A feature's count is not the number of things that use it",
        explanation: """
            A feature is active while its count is above zero, and each dataset, object or vdev that \
            needs it counts one. Counted anew, it is another number. Where the stored count is too low, \
            it reaches zero while the feature is still in use: an older ZFS then imports the pool and \
            misreads it, or the kernel panics when the count falls below zero. Where it is too high, \
            the feature stays active for ever.

            No data is affected. A repair writes the right count.
            """)

    package static let featureUnknown = ProblemKind(
        "feature.unknown", .error, .none, "FE2",
        title: "The pool uses a feature that must be known to read it, and this version does not",
        explanation: """
            A feature in use changes the format in a way that only software that knows it reads \
            rightly. What is found here, and what is not, may be wrong because of it.

            Use a version that knows the feature.
            """)

    package static let featureUnknownForWriting = ProblemKind(
        "feature.unknown-for-writing", .note, .none, "FE2",
        title: "The pool uses a feature that a writer must know, and this version does not",
        explanation: """
            A feature in use that does not hinder reading: a newer ZFS made it, or the entry is damage. \
            Software that does not know it must not write to the pool; it can be imported read-only.

            Nothing is repaired on such a pool.
            """)

    package static let featureDependency = ProblemKind(
        "feature.dependency", .warning, .none, "FE2",
        title: "A feature is enabled without one that it builds on",
        explanation: """
            Enabling a feature enables those that it builds on. One of them is missing from the pool's \
            list: an entry was lost.

            `zpool upgrade` enables it again.
            """)

    package static let featureEnabledTxg = ProblemKind(
        "feature.enabled-txg", .warning, .none, "FE2",
        title: "A feature was enabled in a transaction group that is yet to come",
        explanation: """
            The pool keeps in which group each feature was enabled, and one of the numbers is of the \
            future. For hole_birth it decides from when on holes have a birth, so that an incremental \
            send may leave holes out.

            Nothing is lost in the pool itself.
            """)

    package static let featureLabel = ProblemKind(
        "feature.label-mismatch", .warning, .rebuild, cure: "labels", "FE2",
        title: "Labels and pool differ in the features that are needed to read the pool",
        explanation: """
            The labels repeat those features without which not even the meta object set can be read, \
            so that an import sees them first. The list in the labels is another than the pool's own.

            Software that lacks a feature that the labels leave out fails later than it should. A \
            repair makes the labels anew.
            """)
}
