/// What the pointer to a block of an encrypted dataset carries for that block.
package enum BlockProtection: Sendable, Hashable {
    /// An object set's header: its codes stand in itself.
    case header
    /// The block is readable; the 16 bytes prove it, or the codes of the level below.
    case authenticated(code: [UInt8])
    /// The block is encrypted with 8 bytes of salt and 12 of an initialization vector, and proven by 16 bytes.
    case encrypted(salt: [UInt8], vector: [UInt8], code: [UInt8])
}
