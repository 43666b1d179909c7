extension DamageCase {
    /// The configuration, the vdev tree, objects of the MOS, features.
    static let configuration: [DamageCase] = []
}
