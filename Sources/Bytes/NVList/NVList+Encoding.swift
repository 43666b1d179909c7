extension NVList {
    /// Packs the list in the XDR encoding, byte for byte as ZFS does.
    ///
    /// `order` is what the header says about the packing host; the rest does not depend on it. Throws
    /// where a value was too damaged to be read, or a size passes 31 bits. Mirrors `nvlist_pack` with
    /// `NV_ENCODE_XDR` (`nvpair.c`).
    package func encodedXDR(order: ByteOrder) throws(FormatError) -> [UInt8] {
        var encoder = XDREncoder()
        encoder.bytes = [NVEncoding.xdr.rawValue, order == .little ? 1 : 0, 0, 0]
        try encoder.list(self)
        return encoder.bytes
    }
}
