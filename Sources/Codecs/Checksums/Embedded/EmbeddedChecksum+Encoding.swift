package import Bytes

extension EmbeddedChecksum {
    /// Puts the magic number and the checksum into a block that is about to be written.
    ///
    /// For `zilog2` the count of used bytes must be in place already, and decides what is covered.
    ///
    /// - Throws: `CodecError.unknownAlgorithm` for a checksum that is not embedded, `malformed` for a
    ///   block that has no room for the trailer.
    package static func seal(
        _ bytes: inout [UInt8], _ algorithm: ChecksumAlgorithm, verifier: Checksum,
        _ order: ByteOrder
    ) throws(CodecError) {
        let function = try algorithm.embedded()
        let start =
            algorithm == .zilog2 ? ChainLayout.trailerOffset : bytes.count - Layout.byteCount
        let trailer: EmbeddedTrailer
        do {
            try Field<UInt64>(Layout.magic.name, at: start + Layout.magic.offset)
                .write(Layout.magicNumber, into: &bytes, order)
            try write(verifier, into: &bytes, at: start, order)
            trailer = try EmbeddedTrailer(bytes.rawBytes, algorithm)
        } catch {
            throw .malformed(algorithm: "\(algorithm)", offset: nil, "can't be sealed: \(error)")
        }
        let covered = 0..<trailer.coveredCount
        let checksum = try function.compute(bytes.rawBytes.extracting(covered), order)
        do {
            try write(checksum, into: &bytes, at: start, order)
        } catch {
            throw .malformed(algorithm: "\(algorithm)", offset: nil, "can't be sealed: \(error)")
        }
    }
}
