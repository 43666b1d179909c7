/// A place in an object set, by which a block can be found again in a later state of it.
package enum TreePlace: Sendable, Hashable {
    /// The block that the object set begins with.
    case header
    case block(object: UInt64, level: UInt8, index: UInt64)
    case spill(object: UInt64)
}
