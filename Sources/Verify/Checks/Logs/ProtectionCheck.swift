/// Blocks of encrypted datasets that are neither encrypted nor authenticated, and blocks of others that say they are: the
/// walk finds and reports them.
struct ProtectionCheck: Check {
    static let kinds: [ProblemKind] = [.unprotectedBlock, .pointerInvalid]
    static let needsCensus = true

    /// The work is done by each worker's `ProtectionRecorder`.
    func run(_ context: CheckContext) {}
}
