/// What can be wrong with copies and parity while the blocks themselves can be read.
extension ProblemKind {
    package static let copyDamaged = ProblemKind(
        "redundancy.copy-damaged", .warning, .restore, cure: "redundancy", "BP9",
        title: "A copy of a block is damaged, and another one is good",
        explanation: """
            A block is stored more than once: on the sides of a mirror, or, as all metadata is, at \
            several addresses. One of the places holds something else than the block's checksum \
            proves. ZFS reads the good copy, and mends the other only when it happens to come across it, or \
            in a scrub. Until then the block has less redundancy than it seems.

            Nothing is lost. A repair writes the good bytes where they belong. If a device goes on \
            to have such places, it is failing: replace it.
            """)

    package static let copyUnreadable = ProblemKind(
        "redundancy.copy-unreadable", .warning, .none, "BP9",
        title: "A device can't read its copy of a block, and another one is good",
        explanation: """
            A device reports an error for a place that holds a copy, a column or the parity of a \
            block; the block was read from elsewhere.

            Nothing is lost yet. The device is likely to fail: replace it, and let ZFS resilver. A repair \
            leaves such places alone, since it could not keep for undo what stands there.
            """)

    package static let columnDamaged = ProblemKind(
        "redundancy.column-damaged", .warning, .restore, cure: "redundancy", "RE3",
        title: "A data column of a block is damaged, and parity replaces it",
        explanation: """
            A RAID-Z or dRAID spreads a block over devices and adds parity. What one of them holds is \
            not what the block's checksum proves; the block was computed from the others. Until it is \
            mended the block survives the loss of one device less.

            Nothing is lost. A repair writes the column anew, as a scrub by ZFS does.
            """)

    package static let parityMismatch = ProblemKind(
        "redundancy.parity-mismatch", .warning, .restore, cure: "redundancy", "RE3",
        title: "The parity of a block is not that of its data",
        explanation: """
            The data of a block on a RAID-Z or dRAID matches its checksum, but a parity column is not \
            what that data gives. Nothing reads parity as long as all devices are there, so it shows \
            only in a scrub, or when a device is lost: then what is computed from it is wrong.

            Nothing is lost. A repair computes the parity anew from the data.
            """)

    package static let paddingDamaged = ProblemKind(
        "redundancy.padding-nonzero", .warning, .restore, cure: "redundancy", "DR3",
        title: "Empty sectors of a dRAID's row are not zero",
        explanation: """
            A block that does not fill the last row of a dRAID leaves sectors empty, which are written \
            as zeros. A sequential resilver computes whole rows without knowing any block, and takes \
            what stands there for data.

            Nothing is lost. A repair writes the zeros.
            """)

    package static let deviceDamaged = ProblemKind(
        "redundancy.device-damaged", .warning, .restore, cure: "redundancy", "BP9", "RE3",
        title: "Many copies on a device are damaged, and others are good",
        explanation: """
            In many places a device does not hold what the checksums of blocks prove: it was overwritten, \
            put back from an old copy, or its writes went astray. All of these blocks were read from other \
            devices. They are told of together; the evidence says how many places there are, and where they \
            begin and end.

            Nothing is lost, as long as the other devices are well. A repair writes up to 256 MiB in place; \
            for more, replace the device or scrub the pool with ZFS.
            """)

    package static let deviceBehind = ProblemKind(
        "redundancy.behind", .note, .none, "BP9",
        title: "A device lacks what was written while it was away",
        explanation: """
            The pool keeps a list of the transaction groups that a device missed, or its label is older \
            than those of its siblings. Blocks of that time are not on it, as is to be expected.

            A resilver brings the device up to date; ZFS starts it by itself at import.
            """)
}
