/// What a damaged field comes to.
enum FieldVerdict: Sendable, Equatable {
    /// Something is said that is not said of the healthy pool, or the pool is refused.
    case found
    /// Nothing is said where the field shows first, and an exception allows that.
    case excepted
    /// Nothing is said, and no exception allows that.
    case missed
    /// It takes too long, twice.
    case slow
    /// The damage can't be made: nothing changes, or it does not fit into the space of the block.
    case notMade

    /// The pool was damaged and looked at.
    var isMade: Bool { self != .notMade }
    var isFailure: Bool { self == .missed || self == .slow }
}
