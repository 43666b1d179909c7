extension DamageCase {
    /// Labels, uberblock rings, boot environments.
    static let labels: [DamageCase] = []
}
