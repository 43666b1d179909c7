extension DamageCase {
    /// Directories, datasets, snapshots, deadlists, livelists, bookmarks.
    static let datasets: [DamageCase] = []
}
