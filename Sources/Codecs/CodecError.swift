/// A payload that can't be decoded, a codec that is not known, or memory that could not be had.
package enum CodecError: Error, Hashable, Sendable {
    /// The compressed bytes are malformed; a half sentence says how, `offset` is where in the input.
    case malformed(algorithm: String, offset: Int?, String)
    /// Decompression gave another number of bytes than the block pointer promises.
    case wrongSize(algorithm: String, expected: Int, found: Int)
    /// A value of the algorithm's field that this version does not know.
    case unknownAlgorithm(String)
    /// The algorithm takes the pool's salt, and none was given.
    case missingSalt(algorithm: String)
    /// The codec could not allocate this many bytes.
    case outOfMemory(algorithm: String, bytes: Int)
    /// A library that does the work refused it; a half sentence says which and why.
    case unavailable(algorithm: String, String)
    /// A key or a MAC does not fit.
    case authentication(String)
    /// A key can't be had from where the user said; a sentence says why.
    case input(String)
}

extension CodecError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let algorithm, let offset?, let what):
            "the \(algorithm) payload \(what) (byte \(offset))"
        case .malformed(let algorithm, nil, let what):
            "the \(algorithm) payload \(what)"
        case .wrongSize(let algorithm, let expected, let found):
            "the \(algorithm) payload holds \(found) bytes, but the block pointer says \(expected)"
        case .unknownAlgorithm(let name):
            "\(name) is not an algorithm that this version can apply to a block"
        case .missingSalt(let algorithm):
            "\(algorithm) needs the pool's checksum salt, which has not been read"
        case .outOfMemory(let algorithm, let bytes):
            "\(algorithm) could not get \(bytes) bytes of memory"
        case .unavailable(let algorithm, let why):
            "\(algorithm) is not available: \(why)"
        case .authentication(let what), .input(let what):
            what
        }
    }
}
