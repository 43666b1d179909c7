/// A path that was looked at and is no part of any pool.
package struct RejectedDevice: Sendable, Hashable {
    package let path: String
    /// Whether the user named it, rather than a folder that holds it.
    package let isNamed: Bool
    /// The cause, and where something can be done, what; a sentence without its full stop.
    package let reason: String
    /// Whether it could not be read, so that it may be part of a pool after all.
    package let isUnread: Bool
}
