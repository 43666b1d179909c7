extension DamageCase {
    /// System attributes, files, directories, volumes, accounting.
    static let files: [DamageCase] = []
}
