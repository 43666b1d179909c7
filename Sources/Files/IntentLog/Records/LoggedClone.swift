package import Bytes
package import Vdevs

/// Blocks of another file were shared into a file. Mirrors `lr_clone_range_t` (`include/sys/zil.h`).
package struct LoggedClone: LogRecordBody {
    package let object: UInt64
    package let offset: UInt64
    package let length: UInt64
    /// The block size of both files in bytes.
    package let blockSize: UInt64
    package let pointers: [BlockPointer]

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        offset = try Layout.offset.read(bytes, order)
        length = try Layout.length.read(bytes, order)
        blockSize = try Layout.blockSize.read(bytes, order)
        let count = try Layout.pointerCount.read(bytes, order)
        guard count <= UInt64(bytes.byteCount / BlockPointer.byteCount) else {
            throw FormatError(Layout.pointerCount.name, .badValue(count))
        }
        var place = Layout.byteCount
        var pointers: [BlockPointer] = []
        for _ in 0..<count { pointers.append(try bytes.takePointer(at: &place, order)) }
        self.pointers = pointers
    }

    package var record: Record {
        Record([
            "object": .number(object), "offset": .offset(offset), "length": .bytes(length),
            "block_size": .bytes(blockSize), "pointers": .list(pointers.map { .record($0.brief) }),
        ])
    }
}
