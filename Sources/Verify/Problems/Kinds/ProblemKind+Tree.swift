/// What can be wrong with a pointer's place in its tree.
extension ProblemKind {
    package static let birthAfterParent = ProblemKind(
        "blkptr.birth-after-parent", .error, .none, "BP4",
        title: "A block was born after the block that points to it",
        explanation: """
            A block is written before the one that points to it, and that one is written again \
            whenever the block is. So no block can be younger than the one above it. One of the two \
            births is wrong: a flipped bit, or memory that was overwritten before the block was \
            written.

            The block's checksum tells whether its contents are right. Snapshots and sends, which \
            choose blocks by birth, may leave it out or take it twice.
            """)

    package static let wrongPosition = ProblemKind(
        "blkptr.wrong-position", .error, .discard, cure: "blocks", "BP6",
        title: "A block pointer's type or size is not that of the place where it stands",
        explanation: """
            All blocks of an object have the object's type, those of one level have one size, and \
            the dnode says which. This pointer says something else. It may have been copied from \
            elsewhere, or a field of it was overwritten.

            The block's checksum tells whether its contents are right; whether they belong here, it \
            does not. The kernel panics on it in debug builds and reads past the buffer's end or \
            refuses in others.
            """)

    package static let pointerDiffers = ProblemKind(
        "blkptr.differs-from-snapshot", .error, .restore, cure: "pointers", "BP1", "BP4",
        title: "A block pointer is not the one that the snapshot before has to the same block",
        explanation: """
            A dataset and the snapshot before it share every block that has not been written since, and \
            both lead to it by the same pointer, copied bit by bit. Here the two have the same birth and \
            the same address or checksum, and differ elsewhere. The report names the words that differ \
            and, where only one of the two pointers leads to a block with the right checksum, which of \
            them is right. A flipped bit in memory makes it, when the block that holds the pointer was \
            written again.

            The contents can be read through whichever of the two is right. Where that is the snapshot's, a \
            repair puts it into the current state of the dataset, and where the dataset is a snapshot itself, \
            into the current states after it that share its wrong pointer, as long as both pointers take the \
            same space. Snapshots are never written: copy what one lost from its neighbour, and destroy it. \
            Where nothing tells which pointer is right, either may be: if the contents can't be read \
            through the dataset's, `repair POOL blocks` makes a hole there by consent, and the file can be \
            copied back from the snapshot. A scrub visits the block once, by the snapshot's pointer, and \
            finds nothing.
            """)

    package static let fillMismatch = ProblemKind(
        "blkptr.fill-mismatch", .warning, .rebuild, cure: "dnodes", "BP7", "MD3",
        title: "A block pointer's fill count is not the number of blocks below it",
        explanation: """
            A block pointer counts the blocks of data below it, or the dnodes in use. This one is \
            off. The kernel looks for holes and free dnodes by this count, so it may pass by data \
            when a file's holes are looked for, or objects when new ones are made.

            All data can be read. A repair counts anew, from below.
            """)

    package static let decompressFailed = ProblemKind(
        "block.decompress-failed", .error, .discard, cure: "blocks", "BP10",
        title: "A block matches its checksum but can't be decompressed",
        explanation: """
            The stored bytes are what the checksum says, but they are no stream of their \
            compression, or expand to another size than the pointer says. They were wrong when they \
            were written: bad memory, or a fault of the software. A scrub finds nothing.

            The block is lost; other copies hold the same bytes. A repair makes it a hole, by \
            consent, and lists what it belonged to.
            """)

    package static let gangSize = ProblemKind(
        "gang.size-mismatch", .error, .discard, cure: "blocks", "GA1",
        title: "The members of a gang block don't add up to its size",
        explanation: """
            A block that was stored in pieces has a header that lists them. Together they are \
            longer or shorter than the block. The header's own checksum is right, so it was written \
            so.

            The block can't be put together, and is lost unless another copy of it is whole.
            """)

    package static let gangMember = ProblemKind(
        "gang.bad-member", .warning, .none, "GA1",
        title: "A gang block's tree says something of a member that can't be",
        explanation: """
            A block that was stored in pieces has a header that lists them. The pointer to a piece has \
            bits that have no meaning, is of another checksum, compression or birth than the block, or \
            what several pieces come to is not what the checksum above them says. The header's own \
            checksum is right, so it was written so.

            Reading goes by the pieces, each of which is proven by its own checksum: the contents are \
            sound where nothing else is told of the block. Write the file anew.
            """)

    package static let objectSetHeader = ProblemKind(
        "object.set-header-bad", .error, .none, "OS1",
        title: "The header of an object set says something that it can't say",
        explanation: """
            Each dataset begins with a block that says what it is and leads to its objects. A field \
            of it is out of range: its type, its size, its flags, or a part that is always zero. Or \
            it says to be nothing known, and its first object is a volume's or a file system's.

            The objects can be read as far as its first dnode is right. The kernel refuses to mount \
            a dataset of an unknown type.
            """)
}
