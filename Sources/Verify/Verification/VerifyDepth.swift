/// How much of a pool a run of `verify` reads.
package enum VerifyDepth: Sendable, CaseIterable {
    /// All metadata, no file data.
    case quick
    /// All metadata and all file data, one good copy of each block.
    case standard
    /// The same, and all file data that is not encrypted is decompressed.
    case deep
}
