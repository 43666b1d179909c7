package import Datasets

/// What a run of `verify` found out.
package struct VerifyResult: Sendable {
    /// The worst first.
    package internal(set) var problems: [Problem] = []
    /// Problems that were counted and not kept.
    package internal(set) var omittedCount = 0
    /// What people call the places of the problems.
    package internal(set) var names = PlaceNames()
    /// What could not be looked at.
    package internal(set) var unchecked: [Unchecked] = []
    package internal(set) var passes: [PassOutcome] = []
    /// What the comparison of space brought; nil where it was not asked for.
    package internal(set) var space: SpaceCheckResult?
    /// Blocks with bad copies or parity, as far as the deep walk met them.
    package internal(set) var damagedCopies = DamagedCopies()
    /// What was read whole and found sound, kept for whoever plans a repair; nil otherwise, and where contents were not read.
    package internal(set) var proven: ProvenContents?
    /// States of the pool that were met on the way and that no check tells.
    package internal(set) var states: [PoolNote] = []
    /// What was found while the pool moved on, so that nobody can tell whether it is damage.
    var doubtful: [Problem] = []
    /// What the checks derived from the block trees, kept for whoever plans a repair; nil otherwise.
    package internal(set) var context: CheckContext?
    /// The user ended it.
    package internal(set) var isCancelled = false

    /// Adds what another run of the same command found out.
    package mutating func add(_ other: VerifyResult) {
        problems = (problems + other.problems).sorted { $0.rank < $1.rank }
        omittedCount += other.omittedCount
        unchecked += other.unchecked
    }

    /// Leaves out what nobody asked for.
    package mutating func select(_ selection: CheckSelection) {
        problems.removeAll { !selection.includes($0.kind) }
    }
}
