/// Blocks of encrypted datasets that are neither encrypted nor authenticated: the walk finds and reports them.
struct ProtectionCheck: Check {
    static let kinds: [ProblemKind] = [.unprotectedBlock]
    static let needsCensus = true

    /// The work is done by each worker's `ProtectionRecorder`.
    func run(_ context: CheckContext) {}
}
