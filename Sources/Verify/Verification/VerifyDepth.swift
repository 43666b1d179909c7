/// How much of a pool a run of `verify` reads.
package enum VerifyDepth: Sendable, CaseIterable {
    /// All metadata, no file data.
    case quick
    /// All metadata and all file data, one good copy of each block.
    case standard
    /// Every copy of each block, every side of a mirror and all parity; what can be decrypted is, and all is decompressed.
    case deep
}
