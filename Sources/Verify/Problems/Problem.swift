package import Bytes

/// One finding: what is wrong, where, and what was expected and found.
///
/// It carries facts, no sentence; text and JSON are two renderings of the same facts.
package struct Problem: Sendable, Hashable {
    package let kind: ProblemKind
    package let location: Location
    /// The facts behind the verdict, such as `expected` and `found`.
    package let evidence: Record
    /// Who owns what is affected, where that was found out.
    package internal(set) var owners: [BlockOwner] = []
    /// What other books say of the same damage; curing this one cures them.
    package internal(set) var consequences: [Problem] = []
    /// Where snapshots have the same, which `location` tells of the newest.
    package internal(set) var alsoAt: [Location] = []

    package init(_ kind: ProblemKind, at location: Location, evidence: Record = Record()) {
        self.kind = kind
        self.location = location
        self.evidence = evidence
    }
}
