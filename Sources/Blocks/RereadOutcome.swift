/// What a second look at a place gave, from the state that the pool has moved on to.
package enum RereadOutcome: Sendable {
    /// The block that stands there now.
    case block(ReadOutcome)
    /// The same block stands there still, so it is damaged and not overwritten.
    case damaged
    /// What stood there is gone, or it can't be found out.
    case gone
}
