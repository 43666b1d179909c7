extension DamageCase {
    /// Dedup tables and block reference tables.
    static let sharing: [DamageCase] = []
}
