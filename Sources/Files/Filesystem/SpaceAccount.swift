/// What one user, group or project uses of a file system, and may use.
package struct SpaceAccount: Sendable, Hashable {
    package let subject: Subject
    /// The number, or a domain's number and the identity in it.
    package let identity: FUID
    package var usedBytes: UInt64 = 0
    package var usedObjects: UInt64 = 0
    /// Nil where there is no limit.
    package var byteQuota: UInt64?
    package var objectQuota: UInt64?

    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case user
        case group
        case project
    }

    init(_ subject: Subject, _ identity: FUID) {
        self.subject = subject
        self.identity = identity
    }
}
