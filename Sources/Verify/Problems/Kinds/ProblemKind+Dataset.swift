/// What can be wrong with a dataset: its place between snapshots, its name, its own fields.
extension ProblemKind {
    package static let dslChain = ProblemKind(
        "dsl.snap-chain-broken", .error, .rebuild, cure: "dsl", "DS1",
        title: "A dataset does not lead to the snapshot before or after it",
        explanation: """
            The datasets of a file system or volume form a chain: each names the snapshot before it, when that was taken, \
            and the one after it. One of these fields is wrong. Destroying a snapshot beside it, sending and receiving, \
            and every walk over the pool go astray: blocks are freed that are in use, or the kernel panics.

            Destroy no snapshots of this dataset. The files are not affected; a repair puts the link back that the other \
            datasets prove.
            """)

    package static let dslOrigin = ProblemKind(
        "dsl.origin-mismatch", .error, .rebuild, cure: "dsl", "DD6",
        title: "A directory names another origin than its oldest dataset follows on",
        explanation: """
            dd_origin_obj of a directory is not the snapshot that its oldest dataset follows on. Space is then charged to \
            the wrong side of the origin, and promoting the clone goes wrong.

            No data is affected. A repair sets the field to the snapshot that knows of the dataset.
            """)

    package static let dslSnapshotName = ProblemKind(
        "dsl.snapshot-not-in-snapnames", .error, .rebuild, cure: "dsl", "DS2",
        title: "A snapshot has no name",
        explanation: """
            A snapshot stands in the chain of its dataset, but no entry of the head's map of snapshots leads to it. No \
            command can show, send or destroy it; it keeps its blocks, and some versions panic when they look its name up.

            The snapshot's data are whole. A repair gives it a name made of its number.
            """)

    package static let dslSnapshotEntry = ProblemKind(
        "dsl.bad-snapname", .error, .discard, cure: "dsl", "DS2",
        title: "A snapshot's name leads to no snapshot of the dataset",
        explanation: """
            An entry of a head's map of snapshots names an object that is no snapshot of it, or one that has a name \
            already. Listing the snapshots fails, and so does destroying the dataset.

            Nothing hangs on the entry; a snapshot that lost its name by it is reported on its own. A repair removes the \
            entry.
            """)

    package static let dslIdentifier = ProblemKind(
        "dsl.bad-guid", .warning, .rebuild, cure: "dsl", "DS5",
        title: "A dataset's identifier is none that it can have",
        explanation: """
            ds_guid stands for the same dataset for ever and tells incremental streams apart; two datasets of one chain \
            must not share one. ds_fsid_guid has at most 56 bits.

            No data is affected, but incremental sends may take one snapshot for another. A repair draws a new number.
            """)

    package static let dslRootPointer = ProblemKind(
        "dsl.bad-root-pointer", .error, .discard, cure: "dsl", "DS6",
        title: "A dataset's pointer leads to something else than its object set",
        explanation: """
            ds_bp of a dataset does not lead to an object set, or to one that is younger than the snapshot. The dataset \
            can't be mounted, or shows another state than it should.

            Where an object set is what the pointer leads to, and only says otherwise, a repair corrects that; and it empties \
            the pointer of a dataset that has no blocks, such as the origin of all datasets. Else an older \
            uberblock may lead to the right one, or the dataset is lost but for its other snapshots.
            """)

    package static let dslDeferredDestroy = ProblemKind(
        "dsl.defer-destroy", .warning, .rebuild, cure: "dsl", "DS7",
        title: "A snapshot waits to be destroyed although nothing keeps it",
        explanation: """
            A snapshot is marked to be destroyed as soon as its last hold or clone is gone, and has neither; or a head is \
            marked so. It will stay for ever unless somebody destroys it.

            No data is affected. Destroy the snapshot, or let a repair clear the mark.
            """)

    package static let dslInconsistent = ProblemKind(
        "dsl.inconsistent", .note, .none, "DS8",
        title: "A dataset was only partly received or destroyed",
        explanation: """
            The flag DS_FLAG_INCONSISTENT is set: a receive or a destroy stopped in the middle. A receive that can be \
            resumed leaves it so by right.

            Resume the receive, or abort it with zfs receive -A.
            """)

    package static let dslHolds = ProblemKind(
        "dsl.bad-holds", .warning, .rebuild, cure: "stuck", "DS7",
        title: "A dataset has holds that it can't have",
        explanation: """
            Only snapshots can be held; a head with a list of holds can't be destroyed ("dataset is busy").

            No data is affected. A repair removes the list.
            """)

    package static let dslField = ProblemKind(
        "dsl.bad-field", .warning, .none, "DD1", "DS1",
        title: "A directory or dataset says what no version of OpenZFS writes",
        explanation: """
            Flags that no version knows, a creation in the future, a table of properties or of names \
            that is of another type, or something that follows on the present state: a flipped bit, \
            or a newer version's.

            The dataset can be read. Where a bit flipped here, others may have: check the memory of \
            the machine.
            """)
}
