import Bytes
package import Codecs
import Synchronization
package import Vdevs

/// Follows block pointers: device, checksum, decryption, decompression.
///
/// The copies of a block are tried in turn, and within each its vdev's redundancy; only when no copy is
/// left does a read fail, with the cause for each.
package final class BlockReader: BlockSource {
    package let vdevs: VdevTree
    /// Holds the keys, where there are any.
    package let decryptor: (any BlockDecryptor)?
    private let storedSalt = Mutex<ChecksumSalt?>(nil)
    private let storedWatch = Mutex<(any ChangeWatch)?>(nil)
    private let decompressors = DecompressorPool()

    package init(vdevs: VdevTree, decryptor: (any BlockDecryptor)? = nil) {
        self.vdevs = vdevs
        self.decryptor = decryptor
    }

    /// The same pool read with the keys of one dataset, since each has its own.
    package func unlocked(by decryptor: any BlockDecryptor) -> BlockReader {
        let reader = BlockReader(vdevs: vdevs, decryptor: decryptor)
        reader.salt = salt
        reader.watch = watch
        return reader
    }

    /// Asked when a block is not what its pointer says, since it may have been overwritten.
    package var watch: (any ChangeWatch)? {
        get { storedWatch.withLock { $0 } }
        set { storedWatch.withLock { $0 = newValue } }
    }

    /// The pool's salt. It lies in the MOS, so blocks of salted checksums fail until that was read.
    package var salt: ChecksumSalt? {
        get { storedSalt.withLock { $0 } }
        set { storedSalt.withLock { $0 = newValue } }
    }

    package func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        do throws(BlockError) {
            return try readPlain(pointer)
        } catch {
            throw judged(error)
        }
    }

    /// The error, or that the block changed, where the pool has moved on since it was opened.
    private func judged(_ error: BlockError) -> BlockError {
        guard error.isMismatch, let txg = watch?.movedOn() else { return error }
        return BlockError(error.pointer, .changed(txg, error.reason))
    }

    private func readPlain(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        if pointer.isHole {
            return ReadOutcome(bytes: [UInt8](repeating: 0, count: pointer.logicalSize))
        }
        return try plain(pointer, try readStored(pointer))
    }

    /// The logical bytes of a block whose stored ones are known to be right.
    func plain(
        _ pointer: BlockPointer, _ stored: ReadOutcome
    ) throws(BlockError) -> ReadOutcome {
        guard pointer.isEncrypted else { return try decompress(pointer, stored) }
        let plain: [UInt8]?
        do {
            plain = try decryptor?.decrypt(pointer, stored: stored.bytes)
        } catch {
            throw BlockError(pointer, .codec(error))
        }
        if let plain {
            return try decompress(
                pointer, ReadOutcome(bytes: plain, incidents: stored.incidents))
        }
        // The fixed part of a dnode is never encrypted, so that pools can be scrubbed without keys.
        guard pointer.type == .dnode, pointer.compression == .off else {
            throw BlockError(pointer, .noKey)
        }
        return ReadOutcome(bytes: stored.bytes, incidents: stored.incidents, isSealed: true)
    }

    /// The block's bytes as stored, as many as its physical size: checksum verified, but neither decrypted nor
    /// decompressed.
    package func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        if pointer.isGang { return try readGang(pointer) }
        var bytes = [UInt8](repeating: 0, count: pointer.physicalSize)
        let incidents = try bytes.withMutableRawBytes { (raw) throws(BlockError) in
            try readStored(pointer, into: &raw)
        }
        return ReadOutcome(bytes: bytes, incidents: incidents)
    }

    /// Fills `buffer`, which must be as long as the block's physical size, with its stored bytes, and tells what failed on
    /// the way.
    ///
    /// On healthy devices nothing is allocated, so that a pass over a pool can use one buffer again and again.
    package func readStored(
        _ pointer: BlockPointer, into buffer: inout MutableRawSpan
    ) throws(BlockError) -> [ReadOutcome.Incident] {
        precondition(buffer.byteCount == pointer.physicalSize, "a buffer of another size")
        if pointer.isRedacted { throw BlockError(pointer, .redacted) }
        if pointer.isEmbedded || pointer.isGang {
            let outcome =
                pointer.isGang ? try readGang(pointer) : try EmbeddedBlock.read(pointer)
            buffer.copy(outcome.bytes.rawBytes, to: 0)
            return outcome.incidents
        }
        var failures: [BlockError.CopyFailure] = []
        var incidents: [ReadOutcome.Incident] = []
        for index in 0..<pointer.copyLimit
        where pointer.hasCopy(index) && !pointer.dva(index).isGang {
            let dva = pointer.dva(index)
            do {
                try readCopy(dva, of: pointer, into: &buffer, &incidents)
                return incidents
            } catch {
                failures.append(error)
                incidents.append(ReadOutcome.Incident(dva: dva, what: "\(error.cause)"))
            }
        }
        throw judged(BlockError(pointer, .noGoodCopy(failures)))
    }

    /// Whether stored bytes that someone else read are those the pointer means.
    package func matches(_ pointer: BlockPointer, stored bytes: RawSpan) -> Bool {
        var verifier = BlockVerifier(pointer, salt: salt)
        return bytes.byteCount == pointer.physicalSize && verifier.accepts(bytes)
    }

    private func readCopy(
        _ dva: DVA, of pointer: BlockPointer, into buffer: inout MutableRawSpan,
        _ incidents: inout [ReadOutcome.Incident]
    ) throws(BlockError.CopyFailure) {
        var verifier = BlockVerifier(pointer, salt: salt)
        var found: [VdevIncident] = []
        do {
            try vdevs.read(
                dva, birth: pointer.physicalBirth, into: &buffer, incidents: &found
            ) { verifier.accepts($0) }
            for incident in found {
                incidents.append(ReadOutcome.Incident(dva: dva, what: "\(incident)"))
            }
        } catch {
            if let problem = verifier.problem {
                throw BlockError.CopyFailure(dva: dva, cause: .codec(problem))
            }
            if case .rejected = error, let mismatch = verifier.mismatch {
                throw BlockError.CopyFailure(
                    dva: dva,
                    cause: .checksum(expected: mismatch.expected, found: mismatch.found))
            }
            throw BlockError.CopyFailure(dva: dva, cause: .vdev(error))
        }
    }

    private func decompress(
        _ pointer: BlockPointer, _ stored: ReadOutcome
    ) throws(BlockError) -> ReadOutcome {
        let expected = pointer.logicalSize
        if pointer.compression == .off {
            guard stored.bytes.count == expected else {
                throw BlockError(
                    pointer,
                    .badPointer(
                        "says \(expected) uncompressed bytes are stored in \(stored.bytes.count)"))
            }
            return stored
        }
        do {
            return ReadOutcome(
                bytes: try decompressors.decompress(
                    pointer.compression, stored.bytes.rawBytes, expectedCount: expected),
                incidents: stored.incidents)
        } catch {
            throw BlockError(pointer, .codec(error))
        }
    }
}
