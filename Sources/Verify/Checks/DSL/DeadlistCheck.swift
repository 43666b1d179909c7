/// DL1, DL2, BO1: every deadlist has the keys that the snapshots before it need, every block lies under the key of its
/// birth, and all counters are the sums of what they count.
struct DeadlistCheck: Check {
    static let kinds: [ProblemKind] = [
        .deadlistUnreadable, .deadlistKey, .deadlistMissingKey, .deadlistTotals, .deadlistBirth,
        .pointerListTotals, .pointerListShared, .pointerListEntry, .listUnreadable,
    ]

    func run(_ context: CheckContext) {
        let facts = context.dsl.deadlists(context)
        for own in facts.sorted(by: { $0.key < $1.key }) { context.report(own.value.problems) }
    }
}
