import Verify

/// One thing that is put right in a file system.
struct FileStep: Sendable {
    /// What is gone afterwards.
    let problems: [Problem]
    let repair: RepairClass
    /// A sentence without a full stop.
    let what: String
    let losses: [RepairLoss]
    let apply: @Sendable (inout FilesystemDraft) throws(RepairError) -> Void

    init(
        _ problems: [Problem], as repair: RepairClass? = nil, _ what: String,
        losses: [RepairLoss] = [],
        _ apply: @escaping @Sendable (inout FilesystemDraft) throws(RepairError) -> Void
    ) {
        self.problems = problems
        let own = problems.first?.kind.repair ?? .rebuild
        self.repair = repair ?? (losses.isEmpty ? (own == .discard ? .rebuild : own) : .discard)
        self.what = what
        self.losses = losses
        self.apply = apply
    }
}
