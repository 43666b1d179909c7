/// How an nvlist is packed into bytes: the first byte of the packed form.
package enum NVEncoding: UInt8, Hashable, Sendable, CaseIterable {
    /// The packing host's own structures and byte order (`NV_ENCODE_NATIVE`).
    case native = 0
    /// Big-endian words of four bytes, the same from every host (`NV_ENCODE_XDR`).
    case xdr = 1
}

extension NVEncoding: CustomStringConvertible {
    package var description: String { self == .native ? "native" : "XDR" }
}
