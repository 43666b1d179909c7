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
            nothing but the mapping says where the rest went. Of a vdev that is still being removed nothing is \
            lost: there a repair (`stuck`) cancels the removal.
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

    package static let obsoleteSpace = ProblemKind(
        "indirect.obsolete-wrong", .warning, .rebuild, cure: "spacemaps", "IN5", "OB1",
        title: "What is noted as obsolete of a removed vdev is not what nothing refers to",
        explanation: """
            For each piece of a removed vdev's mapping the pool notes how much of it nothing refers to \
            any more, in counts and in a space map. The blocks that still lie there say otherwise: a \
            piece is given up too late, so that the mapping takes memory for nothing, or too early.

            Once the mapping is condensed, blocks of a piece that was given up too early are lost, and \
            the kernel panics when it comes to them. Until then no data is affected. A repair notes \
            anew what is obsolete, from the block tree.
            """)

    package static let mappingDestination = ProblemKind(
        "indirect.destination-bad", .error, .none, "IN2",
        title: "A piece of a removed vdev's mapping leads to a vdev that can't hold it",
        explanation: """
            Each piece of a removed vdev was copied to another vdev, which may have been removed \
            later itself. A piece of this mapping leads to a vdev that does not exist, to one that \
            was removed before, back to its own, or past the end of one. The kernel fails to read \
            what lay there, or follows the circle until it panics.

            Blocks of that piece are lost unless they have other copies. Copy the data out; nothing \
            but the mapping says where the rest went.
            """)

    package static let removalState = ProblemKind(
        "indirect.removal-state", .error, .rebuild, cure: "stuck", "IN6",
        title: "What the pool says of the removal of a vdev can't be right",
        explanation: """
            The pool keeps the state of the last removal of a vdev. It has the wrong length, is in \
            a state that does not exist, or names a vdev that can't be the one that is being \
            removed. The pool is not imported with it.

            Blocks of vdevs that were removed may not be found, since this is where the list of \
            removals begins. A repair writes the state anew, since each vdev says whether it is being \
            removed, and which one was removed before it.
            """)

    package static let removalChain = ProblemKind(
        "indirect.broken-chain", .error, .rebuild, cure: "stuck", "IN6",
        title: "The list of removed vdevs does not lead to each of them once",
        explanation: """
            Mappings of removed vdevs are read from the newest removal to the oldest, each vdev \
            naming the one before it, because an older mapping may lie on a vdev that was removed \
            later. The list breaks off, runs in a circle, or leaves a removed vdev out. The kernel \
            panics when it imports the pool, or when it comes to a block of a vdev that was left \
            out.

            The mappings themselves are not affected: zinspect finds them all the same, and data \
            can be copied out. A repair lets the list begin where it must, if what the vdevs name is one chain.
            """)

    package static let condensingState = ProblemKind(
        "indirect.condensing-state", .error, .discard, cure: "stuck", "IN6",
        title: "The rewriting of a removed vdev's mapping can't go on",
        explanation: """
            The pool says that the mapping of a removed vdev is being written anew without what is \
            obsolete. The vdev was not removed, or the new mapping or the map of what is obsolete \
            is no such object. The kernel panics when it takes the work up at the next import.

            No data is affected, since the old mapping is still used. A repair gives the new one up.
            """)
}
