extension DamageCase {
    /// Block trees, dnodes and object sets.
    static let blockTrees: [DamageCase] = []
}
