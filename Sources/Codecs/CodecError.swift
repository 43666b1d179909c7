/// A payload that can't be decoded, a codec that is not known, or memory that could not be had.
package enum CodecError: Error, Hashable, Sendable {
    /// The compressed bytes are malformed; a half sentence says how, `offset` is where in the input.
    case malformed(algorithm: String, offset: Int?, String)
    /// Decompression gave another number of bytes than the block pointer promises.
    case wrongSize(algorithm: String, expected: Int, found: Int)
    /// A value of the algorithm's field that this version does not know.
    case unknownAlgorithm(String)
    /// The codec could not allocate this many bytes.
    case outOfMemory(algorithm: String, bytes: Int)
    /// A key or a MAC does not fit.
    case authentication(String)
}
