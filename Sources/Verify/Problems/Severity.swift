/// What a finding means for the pool and for the rest of the report.
package enum Severity: String, Sendable, CaseIterable {
    /// A state worth knowing, not damage.
    case note
    /// The pool imports, and everything is readable.
    case warning
    /// Something is lost, or the kernel would panic or refuse.
    case error
    /// What follows may be wrong because of it.
    case fatal

    /// Whether a finding of this kind makes the exit status 4.
    package var isDamage: Bool { self != .note }
}
