import Datasets

/// Sums over the blocks that a dataset no longer has of those that its predecessor had.
///
/// Which of them count as a snapshot's own depends on when they were born, so there are three sums.
struct DeadSpace: Sendable, Hashable {
    /// All of them.
    var total = ChargedSpace()
    /// Those that the predecessor alone had, not the snapshot before it.
    var bornInPrevious = ChargedSpace()
    /// Those that were born in the directory, not before its origin was taken.
    var bornAfterOrigin = ChargedSpace()
}
