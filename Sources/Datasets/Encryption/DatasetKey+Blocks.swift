import Blocks
import Bytes
package import Codecs
package import Vdevs

extension DatasetKey: BlockDecryptor {
    /// The plain bytes of a block, still compressed; throws where its code does not prove them.
    package func decrypt(
        _ pointer: BlockPointer, stored: [UInt8]
    ) throws(CodecError) -> [UInt8]? {
        let sealed: SealedBlock
        do {
            sealed = try layout(of: pointer, stored)
        } catch {
            throw .authentication("the encrypted block is malformed: \(error)")
        }
        let payload = AEAD.Sealed(
            vector: pointer.initializationVector, code: try code(of: pointer, stored),
            authenticated: sealed.authenticated, payload: sealed.payload(of: stored))
        let key = try blockKey(salt: pointer.encryptionSalt)
        guard let plain = try AEAD.open(payload, suite, key: key) else {
            throw .authentication("the key does not fit the block, or the block was changed")
        }
        return sealed.replacing(in: stored, with: plain)
    }

    private func layout(
        of pointer: BlockPointer, _ stored: [UInt8]
    ) throws(FormatError) -> SealedBlock {
        switch pointer.type {
        case .intentLog: try SealedBlock(log: stored, pointer.order)
        case .dnode: try SealedBlock(dnodes: stored, pointer.order, version: version)
        default: SealedBlock(encrypted: [0..<stored.count])
        }
    }

    /// A log block's code stands in itself, since its pointer is written before it is
    /// (`zio_crypt_decode_mac_zil`).
    private func code(
        of pointer: BlockPointer, _ stored: [UInt8]
    ) throws(CodecError) -> [UInt8] {
        guard pointer.type == .intentLog else { return pointer.authenticationCode }
        let start =
            EmbeddedChecksum.ChainLayout.trailerOffset + EmbeddedChecksum.Layout.word2.offset
        guard stored.count >= start + AEAD.codeByteCount else {
            throw .authentication("the encrypted log block is cut off")
        }
        return [UInt8](stored[start..<start + AEAD.codeByteCount])
    }
}
