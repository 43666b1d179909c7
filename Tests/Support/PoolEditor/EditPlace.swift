/// A block of a pool by the way that leads to it, so that all above it can be sealed again.
package enum EditPlace: Sendable, Hashable {
    /// The block that an object set begins with.
    case header(SetPlace)
    /// A block of an object's tree; object 0 is the meta dnode.
    case block(SetPlace, object: UInt64, level: UInt8 = 0, index: UInt64 = 0)
}
