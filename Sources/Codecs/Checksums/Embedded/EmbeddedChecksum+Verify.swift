package import Bytes

extension EmbeddedChecksum {
    /// What stands in the checksum's place in a part of a label that lies `offset` bytes from the start
    /// of the device (`zio_checksum_label_verifier`).
    package static func labelVerifier(offset: UInt64) -> Checksum { Checksum(offset, 0, 0, 0) }

    /// What stands there in a gang header: the first address of the pointer to it, `offset` in bytes,
    /// and the transaction group of its physical birth (`zio_checksum_gang_verifier`).
    package static func gangVerifier(
        vdev: UInt64, offset: UInt64, physicalBirth: TransactionGroup
    ) -> Checksum { Checksum(vdev, offset, physicalBirth.rawValue, 0) }

    /// Checks a block against the checksum inside it.
    ///
    /// - Parameters:
    ///   - bytes: the whole block, or the whole part of a label.
    ///   - algorithm: `label`, `gangHeader`, `zilog` or `zilog2`.
    ///   - verifier: what stood in the checksum's place; for intent log blocks the checksum words of
    ///     the pointer to it.
    /// - Throws: `CodecError.unknownAlgorithm` for a checksum that is not embedded.
    package static func verify(
        _ bytes: RawSpan, _ algorithm: ChecksumAlgorithm, verifier: Checksum
    ) throws(CodecError) -> EmbeddedChecksum {
        let function = try algorithm.embedded()
        let trailer: EmbeddedTrailer
        do {
            trailer = try EmbeddedTrailer(bytes, algorithm)
        } catch {
            return .unreadable(error)
        }
        // Sound: the trailer was found inside the block, and what it covers too.
        var covered = bytes.extracting(0..<trailer.coveredCount).array
        do {
            try write(verifier, into: &covered, at: trailer.offset, trailer.order)
        } catch {
            return .unreadable(error)
        }
        let found = try function.compute(covered.rawBytes, trailer.order)
        return found == trailer.checksum
            ? .valid(trailer.order) : .invalid(expected: trailer.checksum, found: found)
    }

    /// Writes the four words into the trailer at `offset`.
    static func write(
        _ checksum: Checksum, into bytes: inout [UInt8], at offset: Int, _ order: ByteOrder
    ) throws(FormatError) {
        let words = [checksum.word0, checksum.word1, checksum.word2, checksum.word3]
        for (index, word) in words.enumerated() {
            let place = offset + Layout.word0.offset + index * 8
            try Field<UInt64>(Layout.word0.name, at: place).write(word, into: &bytes, order)
        }
    }
}
