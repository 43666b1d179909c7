/// A run of a file's bytes that are stored, or are not.
package struct FileExtent: Sendable, Hashable {
    package let offset: UInt64
    package let byteCount: UInt64
    package let kind: Kind

    package enum Kind: String, Sendable, Hashable {
        case data
        /// Nothing is stored; the bytes read as zeros.
        case hole
        /// Left out of the send stream that the file system was received from.
        case redacted
        /// What is here can't be known, since an indirect block can't be read.
        case unknown
    }

    package var end: UInt64 { offset + byteCount }
}
