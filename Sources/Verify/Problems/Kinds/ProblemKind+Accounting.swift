/// What can be wrong with what users, groups and projects use.
extension ProblemKind {
    package static let accountingMismatch = ProblemKind(
        "accounting.used-mismatch", .warning, .rebuild, cure: "accounting", "UA1",
        title: "The books say that somebody uses another amount than their files do",
        explanation: """
            A file system adds up for each user, group and project the space and the number of \
            their files. The sum of all files is another one. Bugs in several versions, mostly \
            around upgrades and receives, left such sums, which can even be negative and show as \
            16.0E.

            No data is affected, but quotas strike too early or not at all. A repair counts anew.
            """)

    package static let accountingEntry = ProblemKind(
        "accounting.entry", .warning, .rebuild, cure: "accounting", "UA1",
        title: "An entry of the books of space used is none",
        explanation: """
            The tables of space used have hexadecimal numbers of users, groups or projects as \
            their keys, with "obj-" before them where files are counted, and one number as value. \
            An entry has another form, so nothing reads it.

            No data is affected. A repair counts anew.
            """)
}
