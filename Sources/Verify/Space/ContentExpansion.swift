import Blocks
import Bytes
import Codecs
import Vdevs

/// Expands blocks whose checksums are right, since a checksum proves only that they are as they were written.
///
/// Metadata is always expanded, and shown to whoever looks on. Of file data only the lengths of LZ4 streams are followed,
/// which finds what does not end or ends in the wrong place at a fraction of the time that it takes to expand them (the
/// stream is read, which the checksum did already, and nothing is written); streams of other algorithms have to be
/// expanded to be judged, which is left to the deepest of checks. What is encrypted is expanded only there, and where its key was given.
final class ContentExpansion {
    /// How much is expanded.
    enum Extent: Sendable {
        /// All metadata, and the lengths of file data as far as they can be followed without expanding it.
        case metadataAndLengths
        case everything
    }

    /// Nil for nothing at all.
    private let extent: Extent?
    private let decompressor = Decompressor()
    private var buffer: [UInt8] = []
    var inspector: (any ContentObserver)?

    init(_ extent: Extent?) { self.extent = extent }

    /// Whether of this block only the lengths are followed, which two blocks at once do faster than one after the other.
    func isOnlyMeasured(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        extent == .metadataAndLengths && pointer.compression.isMeasurable
            && !pointer.isEncrypted && !pointer.isRedacted
            && !(pointer.type.isMetadata && place.origin == .tree)
    }

    /// Follows the lengths of two blocks of which only they are followed; returns what is wrong with either.
    func measure(
        _ stored: RawSpan, of pointer: BlockPointer, and other: RawSpan,
        of otherPointer: BlockPointer
    ) -> (BlockError?, BlockError?) {
        let found = pointer.compression.measure(
            stored, expectedCount: pointer.logicalSize, and: other,
            otherCount: otherPointer.logicalSize)
        return (
            found.0.map { BlockError(pointer, .codec($0)) },
            found.1.map { BlockError(otherPointer, .codec($0)) }
        )
    }

    /// Expands the stored bytes of a block.
    func expand(
        _ stored: RawSpan, of pointer: BlockPointer, at place: BlockPlace
    ) throws(BlockError) {
        guard let extent, !pointer.isEncrypted, !pointer.isRedacted else { return }
        let count = pointer.logicalSize
        let isShown = pointer.type.isMetadata && place.origin == .tree
        guard pointer.compression != .off else {
            guard stored.byteCount == count else {
                throw BlockError(
                    pointer,
                    .codec(
                        .wrongSize(
                            algorithm: "uncompressed", expected: count,
                            found: stored.byteCount)))
            }
            if isShown { inspector?.inspect(stored, of: pointer, at: place) }
            return
        }
        do {
            guard isShown || extent == .everything else {
                if pointer.compression.isMeasurable {
                    try pointer.compression.measure(stored, expectedCount: count)
                }
                return
            }
            try decompress(stored, pointer)
        } catch {
            throw BlockError(pointer, .codec(error))
        }
        guard isShown, let inspector else { return }
        let buffer = buffer
        let bytes = buffer.rawBytes
        inspector.inspect(bytes.extracting(0..<count), of: pointer, at: place)
    }

    /// Expands what was decrypted, which is shown to nobody.
    func expand(decrypted plain: RawSpan, of pointer: BlockPointer) throws(BlockError) {
        guard extent == .everything, pointer.compression != .off else { return }
        do {
            try decompress(plain, pointer)
        } catch {
            throw BlockError(pointer, .codec(error))
        }
    }

    private func decompress(_ stored: RawSpan, _ pointer: BlockPointer) throws(CodecError) {
        let count = pointer.logicalSize
        // The library lets pass what means nothing: a match that reaches back by no bytes.
        if pointer.compression.isMeasurable {
            try pointer.compression.measure(stored, expectedCount: count)
        }
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        let decompressor = decompressor
        try buffer.withMutableRawBytes { raw throws(CodecError) in
            var part = raw._mutatingExtracting(0..<count)
            try decompressor.decompress(pointer.compression, stored, into: &part)
        }
    }
}
