package import Bytes
package import Vdevs

/// A device that the pool's configuration names and that was not found.
package struct MissingDevice: Sendable, Hashable {
    package let guid: GUID?
    /// Where it was when the configuration was written.
    package let path: String?
    package let kind: VdevKind
    /// The number of the top-level vdev that it belongs to.
    package let top: UInt64?
    /// What was found in its place, where something was; a sentence without its full stop.
    package let instead: String?

    /// How messages name it.
    package var name: String {
        path ?? guid.map { "\(kind) \($0)" } ?? "a \(kind) of unknown name"
    }
}
