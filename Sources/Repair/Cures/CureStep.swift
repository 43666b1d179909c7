import Verify

/// One edit that a cure makes: what it cures, how a person reads it, and how it is done.
struct CureStep: Sendable {
    let problems: [Problem]
    let action: RepairAction
    let apply: @Sendable (inout Transaction) throws(RepairError) -> Void

    /// Its codes are those of its problems, and so is its class where none is given.
    init(
        _ problems: [Problem], cure: String, as repair: RepairClass? = nil, _ what: String,
        losses: [RepairLoss] = [],
        _ apply: @escaping @Sendable (inout Transaction) throws(RepairError) -> Void
    ) {
        let classes = problems.map(\.kind.repair)
        self.problems = problems
        action = RepairAction(
            cure: cure, repair: repair ?? (classes.contains(.discard) ? .discard : .rebuild),
            what: what, codes: Set(problems.map(\.kind.code)).sorted(), losses: losses)
        self.apply = apply
    }
}
