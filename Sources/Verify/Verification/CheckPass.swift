/// Checks that belong together and are told of as one part of a run.
package struct CheckPass: Sendable {
    /// What it does: `checking labels and uberblocks`.
    package let name: String
    package let checks: [any Check]

    /// Whether the run makes it before the walk, so that it can say what bars the rest.
    package let isBeforeWalk: Bool

    init(_ name: String, isBeforeWalk: Bool = false, _ checks: [any Check]) {
        self.name = name
        self.isBeforeWalk = isBeforeWalk
        self.checks = checks
    }

    /// All passes in the order in which they are made; the walk over the pool stands between the two kinds.
    package static let all: [CheckPass] = [
        CheckPass("checking labels and uberblocks", isBeforeWalk: true, LabelChecks.all),
        CheckPass("checking the configuration", isBeforeWalk: true, ConfigChecks.all),
        CheckPass("checking objects and block trees", BlockChecks.all),
        CheckPass("checking name-value tables", ZAPChecks.all),
        CheckPass("checking datasets and snapshots", DSLChecks.all),
        CheckPass("checking dedup tables and clones", SharingChecks.all),
        CheckPass("checking files and directories", FileChecks.all),
        CheckPass("checking intent logs", LogChecks.all),
        CheckPass("checking copies, parity and removed vdevs", RedundancyChecks.all),
        CheckPass("checking history, errors and features", SideChecks.all),
    ]
}
