package import Bytes
package import Vdevs

/// Bytes were written to a file or volume.
///
/// The data follow the fixed part, or are a block of their own to which the record points, or, in a
/// record of the second kind, are in the file's tree already. Mirrors `lr_write_t`
/// (`include/sys/zil.h`).
package struct LoggedWrite: LogRecordBody {
    package let object: UInt64
    /// Bytes from the start of the file.
    package let offset: UInt64
    package let length: UInt64
    /// Not used since long; kept as stored.
    package let blockOffset: UInt64
    package let pointer: BlockPointer
    /// Where the data come from.
    package let source: Source

    package enum Source: Sendable, Hashable {
        /// They are in the record.
        case inline([UInt8])
        /// They are the block that the pointer names; a hole stands for zeros.
        case block
        /// The file's tree has them (`TX_WRITE2`).
        case tree
    }

    package init(
        _ bytes: RawSpan, _ order: ByteOrder, _ type: LogRecordType
    ) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        offset = try Layout.offset.read(bytes, order)
        length = try Layout.length.read(bytes, order)
        blockOffset = try Layout.blockOffset.read(bytes, order)
        pointer = try BlockPointer(bytes, at: Layout.pointer.range.lowerBound, order)
        if type == .write2 {
            source = .tree
        } else if bytes.byteCount == Layout.byteCount {
            source = .block
        } else {
            var place = Layout.byteCount
            source = .inline(try bytes.takeBytes("data", length, at: &place))
        }
    }

    package var record: Record {
        var record = Record([
            "object": .number(object), "offset": .offset(offset), "length": .bytes(length),
        ])
        switch source {
        case .inline: record.add("data", .text("in the record"))
        case .block: record.add("data", .record(pointer.brief))
        case .tree: record.add("data", .text("in the file"))
        }
        return record
    }
}
