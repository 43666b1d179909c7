/// A device that has labels of a pool and is not used for it.
package struct DeviceNote: Sendable, Hashable {
    package let kind: Kind
    /// Its path.
    package let device: String
    /// A sentence without its full stop.
    package let text: String

    package enum Kind: Sendable, Hashable {
        /// Another device claims to be the same one.
        case duplicate
        /// The pool's configuration does not know it.
        case stray
    }
}
