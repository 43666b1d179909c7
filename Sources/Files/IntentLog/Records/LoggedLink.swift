package import Bytes

/// A hard link was made. Mirrors `lr_link_t` (`include/sys/zil.h`).
package struct LoggedLink: LogRecordBody {
    package let directory: UInt64
    /// The object that got another name.
    package let object: UInt64
    package let name: FileName

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        directory = try Layout.directory.read(bytes, order)
        object = try Layout.object.read(bytes, order)
        var offset = Layout.byteCount
        name = FileName(try bytes.takeString("name", at: &offset))
    }

    package var record: Record {
        Record([
            "directory": .number(directory), "object": .number(object),
            "name": .text(name.description),
        ])
    }
}
