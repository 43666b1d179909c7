package import Bytes

/// A name was taken out of a directory. Mirrors `lr_remove_t` (`include/sys/zil.h`).
package struct LoggedRemoval: LogRecordBody {
    package let directory: UInt64
    package let name: FileName

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        directory = try Layout.directory.read(bytes, order)
        var offset = Layout.byteCount
        name = FileName(try bytes.takeString("name", at: &offset))
    }

    package var record: Record {
        Record(["directory": .number(directory), "name": .text(name.description)])
    }
}
