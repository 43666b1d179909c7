package import Codecs
package import Vdevs

/// Whatever holds the keys of encrypted datasets.
package protocol BlockDecryptor: Sendable {
    /// The plain bytes of an encrypted block, still compressed, or nothing where the key is not known.
    func decrypt(_ pointer: BlockPointer, stored: [UInt8]) throws(CodecError) -> [UInt8]?
}
