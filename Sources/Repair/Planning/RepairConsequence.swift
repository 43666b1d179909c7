package import Verify

/// Damage that may come to light when other damage is gone that hid it, so that the preview does not hold it against a plan.
///
/// A directory that can be read again shows what is wrong with its entries; another round of the repair sees to that.
package struct RepairConsequence: Sendable, Hashable, Codable {
    /// The part of the codes before the dot.
    package let family: String
    /// The object set that it must be in; nil for any.
    package let objectSet: UInt64?

    package init(_ family: String, in objectSet: UInt64? = nil) {
        self.family = family
        self.objectSet = objectSet
    }

    /// Whether this is such a problem.
    package func explains(_ problem: Problem) -> Bool {
        problem.kind.family == family
            && (objectSet == nil || problem.location.objectSet == objectSet)
    }
}
