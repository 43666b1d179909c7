extension DamageCase {
    /// Micro and fat ZAPs.
    static let zaps: [DamageCase] = []
}
