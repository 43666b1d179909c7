package import Bytes

/// What a bonus or spill buffer of system attributes begins with: the number of its layout.
///
/// Its magic tells the byte order, whatever the block's is. Mirrors `sa_hdr_phys_t`
/// (`include/sys/sa_impl.h`).
package struct AttributeHeader: Sendable, Hashable {
    package let layout: UInt16
    /// Bytes before the first attribute, a multiple of 8.
    package let byteCount: Int
    package let order: ByteOrder

    package init(_ bytes: RawSpan) throws(FormatError) {
        let magic = try Layout.magic.read(bytes, .little)
        switch magic {
        case Layout.magicNumber: order = .little
        case Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(Layout.magic.name, .badMagic(UInt64(magic)))
        }
        let info = UInt64(try Layout.info.read(bytes, order))
        layout = UInt16(truncatingIfNeeded: Layout.layoutBits.read(info))
        byteCount = Int(truncatingIfNeeded: Layout.sizeBits.read(info)) * 8
    }

    /// Where each field of `sa_hdr_phys_t` lies on disk.
    package enum Layout {
        /// `SA_MAGIC`.
        package static let magicNumber: UInt32 = 0x002f_505a

        package static let magic = Field<UInt32>("sa_magic", at: 0)
        package static let info = Field<UInt16>("sa_layout_info", at: 4)
        /// The length of variable attribute number `index`.
        package static func length(_ index: Int) -> Field<UInt16> {
            Field<UInt16>("sa_lengths[\(index)]", at: 6 + index * 2)
        }

        package static let fields = [AnyField(magic), AnyField(info), AnyField(length(0))]

        static let layoutBits = BitField(low: 0, count: 10)
        static let sizeBits = BitField(low: 10, count: 6)
    }
}
