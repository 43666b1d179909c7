/// What can be wrong with the mapping of a removed vdev.
extension ProblemKind {
    package static let indirectMapping = ProblemKind(
        "indirect.mapping-bad", .error, .none, "IN1",
        title: "A removed vdev's mapping does not agree with itself",
        explanation: """
            The mapping of a removed vdev is a sorted list of pieces and of the places where they \
            were copied to. Pieces overlap, are out of order, or don't add up to what its head says. \
            The kernel finds pieces by halving the list, so it may miss one.

            Blocks whose piece is found and whose checksum is right are whole. Copy the data out; \
            nothing but the mapping says where the rest went.
            """)

    package static let indirectBirths = ProblemKind(
        "indirect.births-bad", .warning, .none, "IN4",
        title: "The list of when a removed vdev was copied is out of order",
        explanation: """
            For each part of a removed vdev the pool keeps the group in which it was copied. The \
            list is sorted by place and by group. This one is not, or names groups to come.

            A resilver of the vdevs that hold the copies may leave some out. Scrub the pool, which \
            reads all of them.
            """)

    package static let indirectCounts = ProblemKind(
        "indirect.counts-bad", .warning, .rebuild, cure: "spacemaps", "IN5",
        title: "A removed vdev's counts of obsolete bytes can't be right",
        explanation: """
            For each piece of a removed vdev's mapping the pool counts how much of it nothing \
            refers to any more. A count is more than the piece has, or counts are missing.

            No data is affected. The kernel panics when it condenses the mapping. A repair counts \
            anew.
            """)
}
