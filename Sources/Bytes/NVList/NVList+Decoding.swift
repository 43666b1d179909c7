extension NVList {
    /// Unpacks a list. Damaged pairs become findings and the rest of the list is still there; only a
    /// header that can't be read throws.
    ///
    /// Bytes after the end of the list are not looked at. Mirrors `nvlist_unpack` (`nvpair.c`).
    package static func decode(_ bytes: RawSpan) throws(FormatError) -> NVListDecoding {
        let encodingByte: UInt8 = try Layout.encoding.read(bytes, .little)
        let orderByte: UInt8 = try Layout.endian.read(bytes, .little)
        guard let encoding = NVEncoding(rawValue: encodingByte) else {
            throw FormatError(Layout.encoding.name, .badValue(UInt64(encodingByte)))
        }
        guard orderByte <= 1 else {
            throw FormatError(Layout.endian.name, .badValue(UInt64(orderByte)))
        }
        let order: ByteOrder = orderByte == 1 ? .little : .big
        let listOrder: ByteOrder = encoding == .xdr ? .big : order
        let version: Int32 = try Layout.version.read(bytes, listOrder)
        let flags: UInt32 = try Layout.flags.read(bytes, listOrder)

        var decoder = NVListDecoder(
            encoding: encoding, order: listOrder, byteCount: bytes.byteCount)
        if version != 0 { decoder.note(Layout.version.offset, .badVersion(version)) }
        if !NVList.isKnown(flags: flags) { decoder.note(Layout.flags.offset, .badFlags(flags)) }
        let (pairs, end) = decoder.pairs(
            bytes, at: Layout.byteCount, resyncLimit: bytes.byteCount, flags: flags, depth: 0)
        return NVListDecoding(
            list: NVList(pairs, version: version, flags: flags), findings: decoder.findings,
            encoding: encoding, order: order, byteCount: end)
    }

    /// Where the fields of a packed list's header lie: `nvs_header_t` and the start of the list.
    package enum Layout {
        package static let encoding = Field<UInt8>("nvh_encoding", at: 0)
        package static let endian = Field<UInt8>("nvh_endian", at: 1)
        package static let version = Field<Int32>("nvl_version", at: 4)
        package static let flags = Field<UInt32>("nvl_nvflag", at: 8)
        /// Where the first pair begins, in bytes.
        package static let byteCount = 12

        package static let fields = [
            AnyField(encoding), AnyField(endian), AnyField(version), AnyField(flags),
        ]
    }
}
