/// One thing that can be wrong with a pool. Codes are permanent: never renamed, never used again.
package struct ProblemKind: Sendable, Hashable {
    /// `family.kind` in lower case.
    package let code: String
    package let severity: Severity
    package let repair: RepairClass
    /// The cure that mends it, as `repair` names it; nil where there is none.
    package let cure: String?
    /// The invariants that it breaks, by their IDs: `SM3`.
    package let invariants: [String]
    /// What is wrong, in one sentence without a full stop.
    package let title: String
    /// What it means and how it comes about; then what the data is worth and what to do. Paragraphs between empty lines.
    package let explanation: String

    init(
        _ code: String, _ severity: Severity, _ repair: RepairClass, cure: String? = nil,
        _ invariants: String..., title: String, explanation: String
    ) {
        self.code = code
        self.severity = severity
        self.repair = repair
        self.cure = cure
        self.invariants = invariants
        self.title = title
        self.explanation = explanation
    }

    /// The part of the code before the dot.
    package var family: String { code.split(separator: ".").first.map(String.init) ?? code }
}
