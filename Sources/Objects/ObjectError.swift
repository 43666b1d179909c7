package import Blocks
package import Bytes

/// An object could not be read, and where on the way to it.
package struct ObjectError: Error, Hashable, Sendable {
    /// The object's number within its object set, where it is known.
    package let object: UInt64?
    package let reason: Reason

    package enum Reason: Hashable, Sendable {
        /// A block on the way, at this level and index of the object's tree, can't be read.
        case block(level: UInt8, index: UInt64, BlockError)
        /// The bytes were read but are not what they must be.
        case format(FormatError)
        /// The object set has no such object.
        case notAllocated
        /// An offset or an index lies outside the object; a half sentence says which.
        case outOfRange(String)
        /// The object is of another kind than was asked for.
        case wrongType(expected: String, found: String)
        /// No entry of that name or key.
        case noEntry(String)
        /// What was asked for is encrypted and no key was given.
        case sealed
        /// A limit that guards against hostile data was reached; a half sentence says which.
        case limit(String)
    }

    package init(object: UInt64?, _ reason: Reason) {
        self.object = object
        self.reason = reason
    }
}
