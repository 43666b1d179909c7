import Verify

/// One edit that a cure makes: what it cures, how a person reads it, and how it is done.
struct CureStep: Sendable {
    let problems: [Problem]
    let action: RepairAction
    let apply: @Sendable (inout Transaction) throws(RepairError) -> Void

    init(
        _ problems: [Problem], _ action: RepairAction,
        _ apply: @escaping @Sendable (inout Transaction) throws(RepairError) -> Void
    ) {
        self.problems = problems
        self.action = action
        self.apply = apply
    }

    /// A step whose class and codes are those of its problems.
    init(
        _ problems: [Problem], cure: String, _ what: String,
        _ apply: @escaping @Sendable (inout Transaction) throws(RepairError) -> Void
    ) {
        let classes = problems.map(\.kind.repair)
        self.init(
            problems,
            RepairAction(
                cure: cure, repair: classes.contains(.discard) ? .discard : .rebuild, what: what,
                codes: Set(problems.map(\.kind.code)).sorted()), apply)
    }
}
