package import Objects

/// A run of a file's bytes as it is read from front to back.
package struct FilePiece: Sendable {
    package let offset: UInt64
    package let byteCount: UInt64
    package let content: Content

    package enum Content: Sendable {
        case data([UInt8])
        /// Nothing is stored; the bytes are zeros.
        case hole
        case unreadable(ObjectError)
    }
}
