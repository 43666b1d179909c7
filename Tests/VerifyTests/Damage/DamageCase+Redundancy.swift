extension DamageCase {
    /// Copies, parity, expansion, dRAID, removed vdevs.
    static let redundancy: [DamageCase] = []
}
