/// What can be wrong with a block itself.
extension ProblemKind {
    package static let blockClaimedTwice = ProblemKind(
        "block.claimed-twice", .error, .discard, cure: "blocks", "BP5",
        title: "Two blocks that don't share it claim the same space",
        explanation: """
            Two blocks own the same space, and neither a dedup table nor a block reference table \
            knows that they share it. Either one overwrote the other, which then fails its \
            checksum, or both mean the same contents, and deleting the first makes the second \
            one's space free.

            Copy both owners out and compare them with a backup. A repair leaves the block whose \
            checksum is right and gives the other up, by consent.
            """)

    package static let blockUnreadable = ProblemKind(
        "block.unreadable", .error, .discard, cure: "blocks", "BP9",
        title: "A block can't be read from any copy",
        explanation: """
            No copy of a block can be read or decoded. What it belongs to is told; if it holds \
            pointers, all that hangs on it is lost and its space unknown.

            Check the devices first: a device that comes back may bring the block back. A repair \
            makes it a hole, by consent.
            """)

    package static let blockChecksum = ProblemKind(
        "block.checksum", .error, .discard, cure: "blocks", "BP9",
        title: "No copy of a block matches its checksum",
        explanation: """
            Every copy of a block can be read, and none is what its checksum says. It was \
            overwritten, or rotted on every device.

            What it belongs to is told. A repair makes it a hole, by consent; a copy from a \
            backup or a send stream can heal it.
            """)

    package static let gangUnreadable = ProblemKind(
        "gang.unreadable", .error, .discard, cure: "blocks", "GA1",
        title: "A gang block's tree of headers can't be read",
        explanation: """
            A block that was stored in pieces has a header that lists them. No copy of a header \
            can be read, or headers lead to headers without an end. What the pieces take is \
            unknown.

            The block is lost unless another copy of it is whole.
            """)
}
