/// What can be wrong with what leads to space maps.
extension ProblemKind {
    package static let metaslabArray = ProblemKind(
        "metaslab.array", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "The list of a vdev's metaslabs can't be followed",
        explanation: """
            The object that lists the space maps of a vdev can't be read, or the vdev's \
            configuration gives a size that it can't have. None of the vdev's space was \
            compared.

            The kernel refuses to import the pool. A repair writes the array and the maps anew.
            """)

    package static let metaslabSharedMap = ProblemKind(
        "metaslab.shared-map", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "Two metaslabs name the same space map",
        explanation: """
            Two metaslabs name one object as their space map. Nothing tells whose it is, so \
            neither was compared. The kernel loads the same entries for both, and panics over \
            those that lie outside of one.

            No data is affected. A repair gives each a map of its own.
            """)

    package static let metaslabWrongObject = ProblemKind(
        "metaslab.wrong-object", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "A metaslab names an object that is no space map",
        explanation: """
            The object that a metaslab names as its space map does not exist or is something \
            else. The kernel fails to import the pool or to load the metaslab.

            No data is affected. A repair writes a new map from the block tree.
            """)

    package static let metaslabPastLast = ProblemKind(
        "metaslab.past-last", .warning, .rebuild, cure: "spacemaps", "SM8", "LS3",
        title: "The list of a vdev's metaslabs goes on behind the last one",
        explanation: """
            A vdev has an object with the space map of each metaslab, and one with the group since which \
            each one's changes are unflushed. Behind the last metaslab both are zero. Here a word there is \
            not: memory was overwritten before the object was written.

            Nothing reads it today, and all data is safe. When the vdev grows, the kernel takes the word \
            for a new metaslab's own: it loads what the object holds as a space map, or panics. A repair \
            clears it.
            """)

    package static let unflushedTxg = ProblemKind(
        "metaslab.unflushed-txg", .error, .rebuild, cure: "spacemaps", "LS3",
        title: "A metaslab says its changes are unflushed since a group that can't be",
        explanation: """
            Each metaslab remembers since which transaction group its changes stand in log space \
            maps only. Here it is a group after the pool's newest, so that logs which it needs \
            are ignored: the kernel would take old allocations for the present ones.

            A repair writes the map anew and empties the logs.
            """)
}
