package import Bytes

/// An extended attribute that is stored as a system attribute was set or, without a value, removed.
///
/// Mirrors `lr_setsaxattr_t` (`include/sys/zil.h`).
package struct LoggedExtendedAttribute: LogRecordBody {
    package let object: UInt64
    package let name: FileName
    /// Nil where the attribute was removed.
    package let value: [UInt8]?

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        let size = try Layout.size.read(bytes, order)
        var offset = Layout.byteCount
        name = FileName(try bytes.takeString("name", at: &offset))
        value = size == 0 ? nil : try bytes.takeBytes("value", size, at: &offset)
    }

    package var record: Record {
        var record = Record(["object": .number(object), "name": .text(name.description)])
        if let value {
            record.add("value", .data(value))
        } else {
            record.add("value", Record.Value.none)
        }
        return record
    }
}
