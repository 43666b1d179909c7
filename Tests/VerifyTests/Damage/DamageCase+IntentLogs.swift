extension DamageCase {
    /// Intent logs and encryption keys.
    static let intentLogs: [DamageCase] = []
}
