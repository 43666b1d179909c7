package import Datasets
package import Verify

/// One way to put something right: takes what `verify` found and edits a transaction.
///
/// A cure derives what it writes from primary facts; it never salvages what can be derived. The kinds of problem that it
/// cures are those whose catalogue entry names it.
package protocol Cure: Sendable {
    /// As the command line and the catalogue name it: `spacemaps`.
    static var name: String { get }
    /// What it does, as a sentence without a full stop.
    static var summary: String { get }

    /// Whether what it cures is a reason to write to a pool; if not, it is planned where something is damaged, or where it was
    /// chosen.
    static var isWorthAGroup: Bool { get }

    /// Nil where nothing of what was found is for it.
    init?(_ findings: VerifyResult, of pool: Pool)

    /// The problems that will be gone afterwards.
    var cured: [Problem] { get }
    /// What it is going to do, for a person to read.
    var actions: [RepairAction] { get }

    /// What may come to light when this is cured.
    var uncovers: [RepairConsequence] { get }

    func apply(to transaction: inout Transaction) throws(RepairError)
}

extension Cure {
    package var uncovers: [RepairConsequence] { [] }
    package static var isWorthAGroup: Bool { true }
}
