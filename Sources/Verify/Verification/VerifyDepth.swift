/// How much of a pool a run of `verify` reads.
package enum VerifyDepth: Sendable, CaseIterable {
    /// All metadata, no file data.
    case quick
    /// All metadata and all file data, one good copy of each block.
    case standard
    /// Every copy and every column of parity; everything is decompressed, and decrypted where there are keys.
    case deep
}
