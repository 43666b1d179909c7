/// What can be wrong with a block pointer.
extension ProblemKind {
    package static let pointerOutOfBounds = ProblemKind(
        "blkptr.out-of-bounds", .error, .discard, cure: "blocks", "BP1", "BP2",
        title: "A block pointer reaches outside its vdev",
        explanation: """
            A block pointer names space that ends after its vdev does. The kernel refuses to \
            read it.

            The block is lost unless another copy of it can be read. A repair makes it a hole, \
            by consent, and lists what it belonged to.
            """)

    package static let pointerNoVdev = ProblemKind(
        "blkptr.no-vdev", .error, .discard, cure: "blocks", "BP1", "CF7",
        title: "A block pointer names a vdev that does not exist",
        explanation: """
            A block pointer names a vdev that the pool does not have. The kernel refuses to read \
            it, and panics in some versions.

            The block is lost unless another copy of it can be read.
            """)

    package static let pointerMisaligned = ProblemKind(
        "blkptr.misaligned", .error, .discard, cure: "blocks", "BP3",
        title: "A block pointer's address is no whole number of its vdev's sectors",
        explanation: """
            A block pointer's offset or size is no multiple of its vdev's sector. ZFS never \
            allocates such space.

            The block's checksum tells whether its contents are right; freeing it makes the \
            kernel panic.
            """)

    package static let pointerCrossesMetaslab = ProblemKind(
        "blkptr.crosses-metaslab", .error, .discard, cure: "blocks", "BP3",
        title: "A block reaches from one metaslab into the next",
        explanation: """
            A block begins in one metaslab and ends in the next. ZFS never allocates such space, \
            and freeing it makes the kernel panic.

            The block's checksum tells whether its contents are right.
            """)

    package static let pointerFuture = ProblemKind(
        "blkptr.future-birth", .error, .rebuild, cure: "blocks", "BP4",
        title: "A block was born after the pool's newest transaction group",
        explanation: """
            A block pointer's birth is after the pool's newest transaction group. A flipped bit, \
            or a block of a group that was never committed. Snapshots and sends, which choose \
            blocks by birth, get it wrong.

            The block's checksum tells whether its contents are right; if they are, a repair writes \
            them again, with a pointer that is right. What a snapshot has stays as it is.
            """)

    package static let pointerAllocatedSize = ProblemKind(
        "blkptr.allocated-size", .error, .discard, cure: "blocks", "BP2",
        title: "A block takes another amount of space than its size needs on its vdev",
        explanation: """
            A block takes more or less space than its stored size needs on its vdev, parity and \
            padding included. Where it takes less, its neighbour may lie on its last sectors; \
            where it takes more, freeing it frees what it does not own.

            The block's checksum tells whether its contents are right.
            """)

    package static let pointerInvalid = ProblemKind(
        "blkptr.invalid", .error, .discard, cure: "blocks", "BP1", "BP8",
        title: "A block pointer says something that no block pointer can say",
        explanation: """
            A block pointer has a type, checksum, compression or size that no version of OpenZFS \
            knows, or bits set that are always zero. The kernel refuses to read it or panics.

            The block is lost unless the field is known to be wrong and can be put right.
            """)
}
