/// What came out of decoding a packed nvlist: the list as far as it is readable, and what is wrong in it.
package struct NVListDecoding: Hashable, Sendable {
    package let list: NVList
    /// In the order in which they were met; empty for a sound list.
    package let findings: [NVFinding]
    package let encoding: NVEncoding
    /// The byte order of the host that packed it; only the native encoding depends on it.
    package let order: ByteOrder
    /// How many bytes the packed list takes, header and end mark included.
    package let byteCount: Int
}
