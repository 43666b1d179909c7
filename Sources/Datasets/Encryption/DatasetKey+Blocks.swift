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
            sealed = try layout(of: stored, pointer.type, pointer.order)
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

    /// Encrypts a packed block of an encrypted type, other than one of an intent log, and gives the code that proves it.
    ///
    /// Mirrors `zio_do_crypt_data` (`module/os/linux/zfs/zio_crypt.c`).
    func encrypt(
        _ block: [UInt8], _ type: ObjectType, _ order: ByteOrder, salt: [UInt8], vector: [UInt8]
    ) throws(CodecError) -> (bytes: [UInt8], code: [UInt8]) {
        precondition(type != .intentLog, "the code of a log block stands in itself")
        let open: SealedBlock
        do {
            open = try layout(of: block, type, order)
        } catch {
            throw .authentication("the block to be encrypted is malformed: \(error)")
        }
        let key = try blockKey(salt: salt)
        let sealed = try AEAD.seal(
            open.payload(of: block), authenticated: open.authenticated, vector: vector, suite,
            key: key)
        return (open.replacing(in: block, with: sealed.payload), sealed.code)
    }

    private func layout(
        of block: [UInt8], _ type: ObjectType, _ order: ByteOrder
    ) throws(FormatError) -> SealedBlock {
        switch type {
        case .intentLog: try SealedBlock(log: block, order)
        case .dnode: try SealedBlock(dnodes: block, order, version: version)
        default: SealedBlock(encrypted: [0..<block.count])
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
