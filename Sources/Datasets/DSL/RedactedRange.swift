package import Bytes

/// Some blocks in a row of one object that redacted sends leave out.
///
/// Mirrors `redact_block_phys_t` (`include/sys/dsl_bookmark.h`).
package struct RedactedRange: FixedStructure, Hashable {
    /// `rbp_object`.
    package var object: UInt64
    /// `rbp_blkid`: the first block.
    package var firstBlock: UInt64
    /// `rbp_size_count`: block size and count in one word.
    package var sizeAndCount: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        firstBlock = try Layout.firstBlock.read(bytes, order)
        sizeAndCount = try Layout.sizeAndCount.read(bytes, order)
    }

    private enum Bits {
        static let count = BitField(low: 0, count: 48)
        static let sectors = BitField(low: 48, count: 16)
    }

    /// How many blocks.
    package var count: UInt64 { Bits.count.read(sizeAndCount) }
    /// The size of each in bytes.
    package var blockSize: UInt64 { Bits.sectors.read(sizeAndCount) << 9 }

    /// Where each field of `redact_block_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 32
        package static let object = Field<UInt64>("rbp_object", at: 0)
        package static let firstBlock = Field<UInt64>("rbp_blkid", at: 8)
        package static let sizeAndCount = Field<UInt64>("rbp_size_count", at: 16)

        package static let fields = [
            AnyField(object), AnyField(firstBlock), AnyField(sizeAndCount),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }

    package func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError) {
        try Layout.object.write(object, into: &bytes, order)
        try Layout.firstBlock.write(firstBlock, into: &bytes, order)
        try Layout.sizeAndCount.write(sizeAndCount, into: &bytes, order)
    }

    package var record: Record {
        Record([
            "object": .number(object),
            "first_block": .number(firstBlock),
            "count": .number(count),
            "block_size": .bytes(blockSize),
        ])
    }
}
