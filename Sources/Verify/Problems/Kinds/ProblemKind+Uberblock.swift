/// What can be wrong with the uberblocks of a pool.
extension ProblemKind {
    package static let uberblockNone = ProblemKind(
        "uberblock.none", .fatal, .none, "UB5",
        title: "The pool can't be opened, so only its labels were checked",
        explanation: """
            No uberblock leads to a meta object set that can be read, or the pool is of a version or a \
            kind that no ZFS knows. Without it nothing of the pool is reachable, and only labels and \
            uberblock rings can be checked.

            The reason is told. Bring missing devices back first; where the newest states are \
            overwritten, `zinspect dump --txg N` or `zpool import -F` may reach an older one.
            """)

    package static let uberblockGarbage = ProblemKind(
        "uberblock.mos-garbage", .error, .discard, cure: "uberblock", "UB5",
        title: "An uberblock leads to no meta object set that can be read",
        explanation: """
            The uberblock itself matches its checksum, but what it leads to, the root of everything in \
            the pool, is unreadable or is no meta object set. A newer state than the one that is \
            checked here is lost. A device that lies about having written, or memory that was damaged \
            when the group was written, does that. OpenZFS may panic on such a pool instead of going \
            back by itself.

            What was written in the groups that are lost is told. `zpool import -F`, or a repair that \
            drops the uberblock, goes back to the newest one that is whole; `zinspect verify \
            --rewind` lists what each of them is worth.
            """)

    package static let uberblockImplausible = ProblemKind(
        "uberblock.txg-implausible", .error, .discard, cure: "uberblock", "UB3",
        title: "An uberblock's transaction group is further ahead than any pool can get",
        explanation: """
            The number of the transaction group is far larger than that of the uberblock before it and \
            of everything that it leads to, in less time than so many groups take. ZFS takes the \
            uberblock with the highest number, writes the next group with the one after, and so the \
            wrong number becomes permanent; what compares births with it is misled.

            The data is that of the state before. A repair drops the uberblock and goes back to the \
            one before it.
            """)

    package static let uberblockChecksum = ProblemKind(
        "uberblock.checksum", .warning, .restore, cure: "uberblock", "UB2",
        title: "A copy of the newest uberblock does not match its checksum",
        explanation: """
            A slot of an uberblock ring holds what should be the newest uberblock, or a newer one than \
            any that is whole, and its SHA-256 does not fit: a write that was cut off, or rot. ZFS \
            passes it over; zdb -lu lists it as if it were good.

            Other labels and devices have copies. Where none has, the last transaction group is lost.
            """)

    package static let uberblockOldChecksum = ProblemKind(
        "uberblock.old-checksum", .note, .none, "UB2",
        title: "A slot for an older uberblock does not match its checksum",
        explanation: """
            A slot of an uberblock ring, not that of the newest uberblock, holds something whose \
            SHA-256 does not fit. It can't be gone back to by this copy.

            It is overwritten when the ring comes round to it.
            """)

    package static let uberblockField = ProblemKind(
        "uberblock.bad-field", .warning, .none, "UB6", "UB7",
        title: "A field of an uberblock has a value that ZFS never writes",
        explanation: """
            An uberblock matches its checksum, but its version is none that exists or newer than the \
            software that wrote it, it names a checkpoint of the future, or a state of a RAID-Z \
            expansion that there is not. It was damaged in memory before it was written.

            An older uberblock may be whole; `zinspect verify --rewind` lists what each is worth.
            """)

    package static let uberblockRoot = ProblemKind(
        "uberblock.root-pointer", .warning, .none, "UB5",
        title: "An uberblock's pointer to the meta object set can't be right",
        explanation: """
            The pointer is a hole, of another type or level than that of an object set, or born after \
            the uberblock's own transaction group.

            An older uberblock may be whole; `zinspect verify --rewind` lists what each is worth.
            """)

    package static let uberblockMultihost = ProblemKind(
        "uberblock.multihost", .warning, .none, "UB8",
        title: "An uberblock tells nonsense about multihost protection",
        explanation: """
            The fields by which hosts see that a pool is in use elsewhere contradict each other: a \
            wrong magic number, unknown bits, or intervals although the protection is off. An import \
            may wait for very long, refuse the pool as in use, or not notice another host.

            Make sure that no other host has the pool. The next commit writes the fields anew.
            """)

    package static let uberblockCopies = ProblemKind(
        "uberblock.copies-differ", .warning, .none, "UB3",
        title: "Uberblocks of one transaction group differ between devices",
        explanation: """
            All devices get the same uberblock for a transaction group. Here some lead to another meta \
            object set, or were written for another set of devices: the pool was imported and written \
            to with one part of its devices at one time and with another part at another time, or the \
            field was damaged. ZFS takes the one with the later time; whatever the other side has \
            written since does not fit.

            Look at both states: leave out the devices of one side at a time, and copy out what \
            matters before the pool is imported with all of them.
            """)

    package static let uberblockSlots = ProblemKind(
        "uberblock.slots-differ", .note, .none, "UB3",
        title: "A slot of the uberblock ring differs between the labels of a device",
        explanation: """
            A commit writes the same slot of all four rings of a device. A power cut in the middle of \
            that, or a label that was put back from a copy, leaves them different.

            The newest valid copy counts, wherever it is. The ring evens out as it comes round.
            """)

    package static let uberblockMisplaced = ProblemKind(
        "uberblock.misplaced", .note, .none, "UB1",
        title: "An uberblock stands in a slot that is not its own",
        explanation: """
            The slot of an uberblock follows from its transaction group. This one is in another: it \
            was put there by a tool, or its number was damaged before it was written.

            ZFS looks at all slots, so it counts like any other.
            """)

    package static let uberblockGUIDSum = ProblemKind(
        "uberblock.guid-sum", .error, .rebuild, cure: "uberblock", "UB4",
        title: "The GUIDs of the configuration don't add up to the uberblock's sum",
        explanation: """
            An uberblock holds the sum of the GUIDs of all vdevs, so that an import notices when its \
            configuration is not the whole one. The configuration in the pool itself gives another \
            sum, so one of the two is damaged. ZFS refuses the pool as if a device was missing.

            Nothing is lost. A repair writes an uberblock with the right sum after the configuration \
            was proven against the labels.
            """)

    package static let uberblockReflow = ProblemKind(
        "uberblock.reflow", .error, .rebuild, cure: "uberblock", "UB7", "RE2",
        title: "An uberblock tells of a RAID-Z expansion what can't be",
        explanation: """
            The uberblock says how far the expansion of a RAID-Z has come. Either no vdev is being \
            expanded by the configuration, or it has come further than the vdev is long, to a place \
            within a sector, or the area in front of the data would hold more than there is room for, \
            or blocks are found elsewhere. ZFS would look for blocks in the wrong places, or stop.

            Nothing else says how far it has come, but blocks are found either where they were or \
            where they were moved to. zinspect reads the pool by what they tell, and a repair that \
            finds all of them writes that into a new uberblock. Where some can't be found, an older \
            uberblock may be whole; `zinspect verify --rewind` lists what each is worth.
            """)
}
