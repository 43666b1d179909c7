package import Bytes

/// A range of a file was freed, or all from an offset on where the length is 0.
///
/// Mirrors `lr_truncate_t` (`include/sys/zil.h`).
package struct LoggedTruncation: LogRecordBody {
    package let object: UInt64
    package let offset: UInt64
    package let length: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        offset = try Layout.offset.read(bytes, order)
        length = try Layout.length.read(bytes, order)
    }

    package var record: Record {
        Record(["object": .number(object), "offset": .offset(offset), "length": .bytes(length)])
    }
}
