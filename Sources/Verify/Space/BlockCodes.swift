import Bytes
import Codecs
import Datasets
import Files
import Synchronization
import Vdevs

/// Holds blocks of encrypted datasets against the codes in their pointers.
///
/// The code of an indirect block covers the codes below it and needs no key; all others need the dataset's. Mirrors
/// `zio_decrypt` (`module/zfs/zio.c`) and `zio_crypt_do_indirect_mac_checksum` (`module/os/linux/zfs/zio_crypt.c`).
final class BlockCodes: Sendable {
    private let keys: [UInt64: DatasetKey]
    /// Object sets of which blocks were met that nothing could be proven of.
    private let locked = Mutex<Set<UInt64>>([])

    /// What the code says of a block.
    enum Verdict {
        /// The code is right; with the plain bytes, still compressed, of an encrypted block.
        case proven(plain: [UInt8]?)
        /// There is no key to judge by, or the code stands elsewhere.
        case unknown
        /// The code is wrong.
        case refuted(ProblemKind, String)
    }

    init(_ contents: PoolContents) {
        var keys: [UInt64: DatasetKey] = [:]
        if let keyring = contents.keyring, let tree = try? contents.pool.datasets() {
            for dataset in tree.datasets { keys[dataset.object] = keyring.key(of: dataset) }
        }
        self.keys = keys
    }

    /// The object sets whose blocks could not be proven for want of a key.
    var lockedObjectSets: [UInt64] { locked.withLock { $0.sorted() } }

    /// Judges the stored bytes of a block of an object set. The codes of an object set's header stand in itself, and those
    /// of log blocks too, so they are for others to judge.
    func judge(_ stored: RawSpan, of pointer: BlockPointer, in objectSet: UInt64) -> Verdict {
        guard pointer.usesCrypt, pointer.type != .objectSet, pointer.type != .intentLog else {
            return .unknown
        }
        do {
            if pointer.hasIndirectAuthenticationCode { return try judgeIndirect(stored, pointer) }
            guard let key = keys[objectSet] else {
                _ = locked.withLock { $0.insert(objectSet) }
                return .unknown
            }
            let bytes = stored.array
            if pointer.isEncrypted {
                return .proven(plain: try key.decrypt(pointer, stored: bytes))
            }
            return try key.proves(pointer, stored: bytes)
                ? .proven(plain: nil)
                : .refuted(.blockCode, "the block is authenticated, and its code is another")
        } catch {
            return .refuted(pointer.level > 0 ? .indirectCode : .blockCode, "\(error)")
        }
    }

    private func judgeIndirect(
        _ stored: RawSpan, _ pointer: BlockPointer
    ) throws(CodecError) -> Verdict {
        var block = stored.array
        if pointer.compression != .off {
            block = try pointer.compression.decompress(
                stored, expectedCount: pointer.logicalSize)
        }
        return try PointerCodes.prove(pointer, block)
            ? .proven(plain: nil)
            : .refuted(.indirectCode, "the codes of the blocks below give another one")
    }
}
