package import Bytes

extension IndirectMapping.Entry {
    /// Where the fields of `vdev_indirect_mapping_entry_phys_t` lie.
    package enum Layout {
        package static let source = Field<UInt64>("vimep_src", at: 0)
        package static let destinationWord0 = Field<UInt64>("vimep_dst.dva_word[0]", at: 8)
        package static let destinationWord1 = Field<UInt64>("vimep_dst.dva_word[1]", at: 16)

        package static let fields = [
            AnyField(source), AnyField(destinationWord0), AnyField(destinationWord1),
        ]

        fileprivate static let offset = BitField(low: 0, count: 63)
        fileprivate static let mark = BitField(low: 63, count: 1)
    }

    init(_ bytes: RawSpan, at offset: Int, _ order: ByteOrder) throws(FormatError) {
        let own: RawSpan
        do {
            own = try bytes.slice(at: offset, count: IndirectMapping.entryByteCount)
        } catch {
            throw FormatError("vdev_indirect_mapping_entry_phys_t", .outOfBounds(error))
        }
        let word = try Layout.source.read(own, order)
        self.init(
            source: Layout.offset.read(word) << 9,
            destination: DVA(
                word0: try Layout.destinationWord0.read(own, order),
                word1: try Layout.destinationWord1.read(own, order)),
            mark: Layout.mark.read(word) != 0)
    }

    /// The entry as it is stored.
    package func encoded(_ order: ByteOrder) throws(FormatError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: IndirectMapping.entryByteCount)
        let word = Layout.mark.write(mark ? 1 : 0, into: source >> 9)
        try Layout.source.write(word, into: &bytes, order)
        try Layout.destinationWord0.write(destination.word0, into: &bytes, order)
        try Layout.destinationWord1.write(destination.word1, into: &bytes, order)
        return bytes
    }
}
