/// What can be wrong with a dnode.
extension ProblemKind {
    package static let dnodeInvalid = ProblemKind(
        "dnode.invalid", .error, .discard, cure: "dnodes", "DN1", "DN3",
        title: "A dnode can't be followed",
        explanation: """
            A dnode, the head of an object, has a number of levels, of pointers, or a size that no \
            dnode can have, or claims slots past the end of its block. The kernel refuses it or \
            panics.

            The object can't be read unless the field is put right. A repair frees the dnode, by \
            consent, and lists what it was.
            """)

    package static let dnodeType = ProblemKind(
        "dnode.type-bad", .error, .discard, cure: "dnodes", "DN1",
        title: "A dnode has a type that no version of OpenZFS knows",
        explanation: """
            The type of an object tells how its contents are to be taken. The kernel refuses to \
            open an object of an unknown type.

            Its blocks can be read. A repair that knows the type by its contents puts it right.
            """)

    package static let dnodeShape = ProblemKind(
        "dnode.shape-bad", .warning, .none, "DN1",
        title: "A dnode has more levels or other indirect blocks than any version writes",
        explanation: """
            No object needs more than twelve levels, and indirect blocks are of 1 to 128 KiB. This \
            dnode says otherwise, which the reading code allows.

            The object can be read as far as its blocks can.
            """)

    package static let dnodeBonusLength = ProblemKind(
        "dnode.bonuslen-bad", .error, .rebuild, cure: "dnodes", "DN2",
        title: "A dnode's bonus is longer than the room for it",
        explanation: """
            The bonus, which holds a file's attributes, stands behind the block pointers of the \
            dnode. Its length says that it reaches past the end or into the spill pointer. The \
            kernel copies that many bytes and overwrites its own memory, or panics.

            The object's data can be read. A repair sets the length that the contents need.
            """)

    package static let dnodeBonusType = ProblemKind(
        "dnode.bonustype-bad", .error, .rebuild, cure: "dnodes", "DN6",
        title: "A dnode's bonus has a type that does not go with the object",
        explanation: """
            The type of the bonus tells how attributes are stored. It is one that no version \
            knows, or one that objects of this type never have: a flipped bit, mostly.

            The object's data can be read; its attributes can't, or the kernel panics on them. A \
            repair sets the type that the contents prove.
            """)

    package static let dnodeSpill = ProblemKind(
        "dnode.spill-bad", .warning, .rebuild, cure: "dnodes", "DN2",
        title: "A dnode says that it has a spill block, and has none",
        explanation: """
            Attributes that don't fit the bonus go to a block of their own. The flag says that \
            there is one, but its pointer leads nowhere.

            The object's data can be read. Attributes that were in the block are lost; a repair \
            clears the flag.
            """)

    package static let dnodeMaximumBlockID = ProblemKind(
        "dnode.maxblkid-bad", .error, .rebuild, cure: "dnodes", "DN4",
        title: "A dnode's highest block is lower than a block that it has",
        explanation: """
            A dnode says which is its last block. There are blocks behind that, or the tree has no \
            place for it. The kernel does not read what lies behind, does not free it when the file \
            is deleted, and panics when it meets it.

            All blocks can be read by their pointers. A repair sets the number that the tree has.
            """)

    package static let dnodeUsed = ProblemKind(
        "dnode.used-mismatch", .warning, .rebuild, cure: "dnodes", "DN5",
        title: "A dnode's space is not what its blocks take",
        explanation: """
            A dnode counts what its blocks take on disk, which is what du and quotas show. The \
            number is not what the blocks add up to.

            All data can be read. When the object is deleted, the space of users and quotas goes \
            wrong by the difference. A repair counts anew.
            """)

    package static let dnodeReserved = ProblemKind(
        "dnode.reserved-bits", .warning, .none, "DN1",
        title: "Bits of a dnode that are always zero are set",
        explanation: """
            A dnode has bytes and flags that no version of OpenZFS uses, and flags that only files \
            and volumes can have. One of them is set: a flipped bit, or a newer version's.

            The object can be read; ZFS passes the bits by and keeps them. Where a bit flipped here, \
            others may have: check the memory of the machine.
            """)

    package static let dnodeProperty = ProblemKind(
        "dnode.property-bad", .error, .rebuild, cure: "dnodes", "DN7",
        title: "A dnode names a checksum or compression that no version knows",
        explanation: """
            An object can say by which checksum and compression its next blocks are to be written. \
            This one names none that there is, so that the next write to it fails or panics.

            What is written can be read, since each block has its own. A repair lets the object \
            inherit both.
            """)
}
