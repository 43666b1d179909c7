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

    /// Packs the list in the native encoding of a host with that byte order, the form of zpool.cache.
    ///
    /// Throws where a value was too damaged to be read, or a size passes 31 bits. Mirrors `nvlist_pack` with
    /// `NV_ENCODE_NATIVE` (`nvpair.c`).
    package func encodedNative(order: ByteOrder) throws(FormatError) -> [UInt8] {
        var encoder = NativeEncoder(order)
        encoder.bytes = [NVEncoding.native.rawValue, order == .little ? 1 : 0, 0, 0]
        encoder.integer(version)
        encoder.integer(flags)
        try encoder.pairs(of: self)
        return encoder.bytes
    }
}
