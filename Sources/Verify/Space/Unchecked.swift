/// Something that could not be looked at. Not checked is never the same as clean.
package struct Unchecked: Sendable, Hashable {
    /// What was left out: `the space of vdev 3`.
    package let what: String
    /// Why.
    package let why: String

    package init(_ what: String, _ why: String) {
        self.what = what
        self.why = why
    }
}
