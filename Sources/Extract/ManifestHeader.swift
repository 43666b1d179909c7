/// What a manifest is of: its first line.
package struct ManifestHeader: Sendable, Hashable, Codable {
    package var type = "header"
    package var schema = 1
    package var pool: String
    /// Decimal, since it can pass 2^53.
    package var guid: String
    /// What was asked for: a dataset, perhaps with a path, and which others with it.
    package var source: String

    package init(pool: String, guid: String, source: String) {
        self.pool = pool
        self.guid = guid
        self.source = source
    }
}
