extension DamageCase {
    /// History, error logs, scans and other side objects.
    static let sides: [DamageCase] = []
}
