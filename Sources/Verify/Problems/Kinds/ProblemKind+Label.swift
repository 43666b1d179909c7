/// What can be wrong with the labels of a device.
extension ProblemKind {
    package static let labelMissing = ProblemKind(
        "label.missing", .warning, .restore, cure: "labels", "LB1",
        title: "A label of a device is missing",
        explanation: """
            A device of a pool has four labels, two at its start and two at its end, so that whatever \
            overwrites one end leaves the other. One of them is empty, or the device is too small for \
            it. A partitioning tool, another file system's wiping, or a device that shrank does that.

            One good label is enough to import the pool. A repair writes the missing one anew from a \
            good one; do it before the others are needed.
            """)

    package static let labelUnreadable = ProblemKind(
        "label.unreadable", .warning, .none, "LB1",
        title: "A label of a device can't be read",
        explanation: """
            The device reports an error for the place of one of its four labels. The others tell the \
            same.

            Check the device. A write may make the sectors good again; ZFS rewrites all labels when \
            the configuration of the pool changes.
            """)

    package static let labelChecksum = ProblemKind(
        "label.checksum", .warning, .restore, cure: "labels", "LB2",
        title: "The configuration in a label does not match its checksum",
        explanation: """
            The configuration in a label carries a SHA-256 of its own, taken with the label's place on \
            the device, and it does not fit: the label rotted, was written in part, or was copied from \
            another place. ZFS passes such a label over.

            The other labels of the device are used, and a repair writes this one anew from them.
            """)

    package static let labelNVList = ProblemKind(
        "label.nvlist", .warning, .restore, cure: "labels", "LB3",
        title: "The configuration in a label is no list of names and values",
        explanation: """
            Where a label has its configuration no packed nvlist begins, although something is \
            written there.

            The other labels of the device are used, and a repair writes this one anew from them.
            """)

    package static let labelInconsistent = ProblemKind(
        "label.inconsistent", .warning, .restore, cure: "labels", "LB4",
        title: "A label says something else than the other labels of its device",
        explanation: """
            The four labels of a device are copies of each other. This one is sound in itself, but \
            differs in the fields that are listed: it may be of another pool that the device, or an \
            image of it, belonged to before, or was copied there. ZFS takes the label with the highest \
            txg, whichever pool it names, so that the pool may not be found or seem to be another.

            No data is affected. A repair writes the label anew from those that fit the uberblocks.
            """)

    package static let labelOlder = ProblemKind(
        "label.older", .note, .restore, cure: "labels", "LB4",
        title: "A label of a device is older than its other labels",
        explanation: """
            A change of the configuration is written to labels 0 and 2 first, then the uberblock, then \
            to labels 1 and 3, so that a power cut in between leaves one half older. That is how it is \
            meant to be: either half is enough.

            ZFS puts it right when it next writes the labels.
            """)

    package static let labelIncomplete = ProblemKind(
        "label.incomplete", .error, .rebuild, cure: "labels", "LB3",
        title: "The configuration in the labels lacks a field that every import needs",
        explanation: """
            The best label of a device lacks one of the fields without which ZFS takes no device: the \
            version, name, state, txg and GUID of the pool, the GUIDs of the device and its top-level \
            vdev, the vdev tree.

            The pool's own configuration (in the MOS) has all of it; a repair makes the labels anew \
            from that.
            """)

    package static let labelGUID = ProblemKind(
        "label.guid", .error, .rebuild, cure: "labels", "LB5",
        title: "A label's vdev tree does not belong to the device that it is on",
        explanation: """
            A label names its own device and its top-level vdev by GUID, and holds the vdev tree of the \
            latter. The device is not in that tree, or the tree's root is another vdev: ZFS refuses to \
            open the device with it (`vdev_validate`).

            A repair makes the labels anew from the pool's own configuration.
            """)

    package static let labelStale = ProblemKind(
        "label.stale-device", .note, .none, "LB6",
        title: "A device was away when the pool's configuration last changed",
        explanation: """
            The labels of this device are older than those of its neighbours: it was offline, faulted, \
            or not plugged in when they were written. What was written meanwhile it does not have; the \
            pool knows which transaction groups those are (DTL).

            Nothing is damaged as long as redundancy covers it. Bring the device online, and it is \
            brought up to date.
            """)

    package static let labelDuplicate = ProblemKind(
        "label.duplicate-device", .warning, .none, "LB6",
        title: "Two devices claim to be the same one of the pool",
        explanation: """
            The labels of two devices have the same GUID: one is a copy of the other, such as a cloned \
            disk, a snapshot of a virtual disk, or the same disk by two paths. Which of the two an \
            import takes is not certain, and taking one now and the other later destroys data.

            The one with the newer labels is used here. Unplug the other, or wipe its labels with \
            `zpool labelclear` once you are sure.
            """)

    package static let labelStray = ProblemKind(
        "label.stray-device", .note, .none, "LB6",
        title: "A device has labels of the pool but is no part of it any more",
        explanation: """
            The device was detached or replaced while it could not be written, so that its labels still \
            name the pool. The pool's configuration does not know it.

            It holds an old state of the pool at best. `zpool labelclear` makes it free for other use.
            """)

    package static let labelBootEnvironment = ProblemKind(
        "label.boot-environment", .warning, .restore, cure: "labels", "LB7",
        title: "The boot environment in a label can't be right",
        explanation: """
            Each label has 8 KiB for the boot loader, such as the entry to boot once, with a checksum. \
            It does not fit, or what is there is of no form that is known. The boot loader then \
            ignores it, or takes it from another label.

            The pool itself is not affected. A repair clears it or copies another label's.
            """)

    package static let labelPad = ProblemKind(
        "label.pad-in-use", .note, .none, "LB7",
        title: "Something is written into the pad of a label",
        explanation: """
            The first 8 KiB of a label are left free for the partition table or boot code of some \
            operating systems, and something is there. ZFS never looks at it.

            It only matters where a boot loader or a partitioning tool takes it for something it is \
            not.
            """)

    package static let labelLost = ProblemKind(
        "label.lost", .error, .rebuild, cure: "labels", "LB1", "LB6",
        title: "A device of the pool has none of its labels any more",
        explanation: """
            All four labels of a device were wiped or overwritten, so that ZFS takes it for missing: \
            `wipefs`, `zpool labelclear`, a detach or a partitioning tool does that. The blocks of the \
            pool's meta objects stand on it where they must, as of the newest transaction group, and \
            that is how it was recognised here.

            What it holds is read here all the same. A repair makes its labels anew from the pool's own \
            configuration and gives it an uberblock. Scrub the pool afterwards, since only a part of \
            its contents was compared.
            """)

    package static let labelDetached = ProblemKind(
        "label.detached", .error, .discard, cure: "labels", "LB1", "LB6",
        title: "The device was detached from its pool",
        explanation: """
            `zpool detach`, or a `zpool replace` that was finished, took this device out of a mirror: its \
            labels are of txg 0 and its uberblocks are overwritten, so that ZFS knows it no more. The \
            blocks of the pool as it was then are still on it, and one uberblock of txg 0 leads to them.

            A repair that names this cure makes its labels and an uberblock anew, and a pool of this \
            device alone, as it was then. The pool that it was detached from may have gone on without \
            it. Both have the same GUID, so import one of them only while the other is away, and give \
            it a new one with `zpool reguid`.
            """)

    package static let labelOtherPool = ProblemKind(
        "label.other-pool", .error, .discard, cure: "labels", "LB1", "LB6",
        title: "A device of the pool has the labels of another pool",
        explanation: """
            The labels of a device name another pool, or an earlier life of this one, but the blocks of \
            this pool's meta objects stand on it where they must, as of the newest transaction group. \
            Labels were restored from the wrong backup, or a pool was just being made on the wrong \
            device.

            What is left of this pool is read here all the same. A repair gives up the labels of the \
            other pool and writes those of this one; what the other pool has written over is then found \
            by a scrub.
            """)

    package static let labelFormer = ProblemKind(
        "label.former", .note, .none, "LB8",
        title: "Old labels stand where the device ended before it grew",
        explanation: """
            The device is larger than its labels say, and labels 2 and 3 as they were written at its \
            former end are still there. ZFS looks only at the present end.

            Nothing is wrong; `zpool online -e` makes use of the space.
            """)
}
