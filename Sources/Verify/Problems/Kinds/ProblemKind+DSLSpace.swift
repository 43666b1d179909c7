/// What can be wrong with the space accounts of the DSL.
extension ProblemKind {
    package static let dslUsed = ProblemKind(
        "dsl.used-mismatch", .error, .rebuild, cure: "accounting", "DD3", "DD4", "DD5",
        title: "A directory does not use what it says",
        explanation: """
            A directory's used bytes, one of the five parts that they consist of, or its compressed or uncompressed bytes \
            are not what its blocks, its snapshots, its reservations and the directories below come to. zfs list shows \
            wrong numbers, quotas strike too early or too late, and when something is freed the number may fall below \
            zero, which makes debug kernels panic and shows as 16.0E elsewhere.

            No data is affected. A repair computes the numbers anew.
            """)

    package static let dslReferenced = ProblemKind(
        "dsl.referenced-mismatch", .error, .rebuild, cure: "accounting", "DS3",
        title: "A dataset does not refer to what it says",
        explanation: """
            ds_referenced_bytes, ds_compressed_bytes or ds_uncompressed_bytes is not what all blocks of the dataset come \
            to. zfs list shows wrong numbers, and a number that would fall below zero fails an assertion of debug \
            kernels and shows as 16.0E elsewhere.

            No data is affected. A repair computes the numbers anew.
            """)

    package static let dslUnique = ProblemKind(
        "dsl.unique-mismatch", .error, .rebuild, cure: "accounting", "DS4",
        title: "A dataset does not alone refer to what it says",
        explanation: """
            ds_unique_bytes is not the space of the blocks that only this dataset refers to. It is what zfs list shows as \
            used by a snapshot, and what a refreservation is held against.

            No data is affected. A repair computes the number anew.
            """)
}
