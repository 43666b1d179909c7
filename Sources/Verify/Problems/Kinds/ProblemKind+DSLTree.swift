/// What can be wrong with the tree of directories and datasets.
extension ProblemKind {
    package static let dslUnreadable = ProblemKind(
        "dsl.dataset-unreadable", .error, .discard, cure: "dsl", "DD1",
        title: "A directory or dataset of the DSL can't be read",
        explanation: """
            An object says that it holds a DSL directory or a dataset, but what it holds is too short or can't be read. \
            Every dataset below it, or every later snapshot, can't be reached by the kernel.

            What its block tree leads to may be whole. Where its length alone is wrong, and the other side of a link proves \
            what stands behind its end, a repair sets that. Otherwise no repair can tell what stood there: copy out what \
            extract still finds, or look for an older state.
            """)

    package static let dslEntry = ProblemKind(
        "dsl.bad-entry", .error, .discard, cure: "dsl", "DD1",
        title: "A name leads to no directory of its own",
        explanation: """
            An entry of a directory's child map names an object that is no DSL directory, or one that stands in the tree \
            already. The kernel fails when it opens that name, and a circle of names hangs it.

            No data hangs on the entry itself; a directory that should have stood there is reported as unreachable. A \
            repair removes the entry.
            """)

    package static let dslParent = ProblemKind(
        "dsl.parent-mismatch", .error, .rebuild, cure: "dsl", "DD1",
        title: "A directory names another parent than the one that lists it",
        explanation: """
            dd_parent_obj of a directory is not the directory whose child map leads to it. The kernel finds the dataset by \
            its name from above, and charges space, quotas and properties to the wrong one upwards.

            No data is affected. A repair sets the field to the directory that lists it.
            """)

    package static let dslUnreachable = ProblemKind(
        "dsl.unreachable", .error, .rebuild, cure: "dsl", "DD1",
        title: "No name leads to a directory",
        explanation: """
            A DSL directory stands in no child map, so that no command can name it. Its datasets and their space are there, \
            and its snapshots keep their blocks.

            The data can be reached once it has a name again: a repair puts it into the map of its parent, or into a \
            directory of found ones.
            """)

    package static let dslName = ProblemKind(
        "dsl.bad-name", .warning, .rebuild, cure: "dsl", "DD1",
        title: "The name of a dataset is none that a dataset can have",
        explanation: """
            A name holds a character that no name of a dataset can have, or is too long. Commands refuse such a name, so \
            that the dataset can't be mounted, renamed or destroyed.

            No data is affected. A repair gives it a name that can be.
            """)

    package static let dslHead = ProblemKind(
        "dsl.head-mismatch", .error, .rebuild, cure: "dsl", "DD2",
        title: "A directory and its dataset do not name each other",
        explanation: """
            dd_head_dataset_obj of a directory leads to a dataset of another directory or to none, or ds_dir_obj of a \
            dataset names a directory that does not have it. The kernel opens another dataset than the name says, or \
            panics on an assertion.

            No data is affected; the link that the other datasets of the directory prove can be put back.
            """)

    package static let dslClones = ProblemKind(
        "dsl.clones-mismatch", .error, .rebuild, cure: "dsl", "DD6",
        title: "A directory's list of clones is not that of the clones",
        explanation: """
            dd_clones of a directory does not list exactly the file systems and volumes that began as one of its snapshots. \
            When a snapshot is destroyed, the kernel merges the deadlists of the clones that are listed: one that is \
            missing keeps a key that no longer fits, and a later destroy panics.

            No data is affected. A repair lists the clones that name the directory's snapshots as their origin.
            """)

    package static let dslNextClones = ProblemKind(
        "dsl.next-clones-mismatch", .error, .rebuild, cure: "dsl", "DD6",
        title: "A snapshot's list of clones is not that of the clones",
        explanation: """
            ds_next_clones_obj of a snapshot does not list exactly the datasets that follow on it in other directories. \
            Promoting or destroying a clone then fails or panics.

            No data is affected. A repair lists the datasets that name the snapshot as the one before them.
            """)

    package static let dslChildCount = ProblemKind(
        "dsl.child-count", .error, .rebuild, cure: "dsl", "DD6",
        title: "A snapshot does not count the datasets that follow on it right",
        explanation: """
            ds_num_children of a snapshot is not one for the next dataset and one for each clone. A number that is too \
            high keeps the snapshot from being destroyed ("dataset is busy"); one that is too low lets a snapshot go that \
            a clone still needs.

            No data is affected as long as nothing is destroyed. A repair counts anew.
            """)

    package static let dslLimitCount = ProblemKind(
        "dsl.limit-count", .warning, .rebuild, cure: "dsl", "DD7",
        title: "A directory does not count the file systems or snapshots below it right",
        explanation: """
            filesystem_count or snapshot_count, against which filesystem_limit and snapshot_limit are held, is not the \
            number that there are. Limits strike too early or too late; a number that would fall below zero makes the \
            kernel panic when a dataset is destroyed.

            No data is affected. A repair counts anew.
            """)

    package static let dslQuota = ProblemKind(
        "dsl.quota-mismatch", .warning, .rebuild, cure: "dsl", "DD7",
        title: "A quota or reservation in force is not the one that the property says",
        explanation: """
            dd_quota or dd_reserved of a directory differs from the property quota or reservation that is stored for it. \
            What is in force is the number in the directory; what commands show is that number too.

            No data is affected. A repair sets the field to the property.
            """)
}
