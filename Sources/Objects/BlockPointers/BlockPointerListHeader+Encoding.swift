package import Bytes

extension BlockPointerListHeader {
    /// Writes the header's fields into a bonus; those that it is too short for are left out.
    package func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError) {
        try Layout.count.write(count, into: &bytes, order)
        try Layout.bytes.write(self.bytes, into: &bytes, order)
        if let value = compressedBytes {
            try Layout.compressedBytes.write(value, into: &bytes, order)
        }
        if let value = uncompressedBytes {
            try Layout.uncompressedBytes.write(value, into: &bytes, order)
        }
        if let value = subordinateObject {
            try Layout.subordinateObject.write(value, into: &bytes, order)
        }
        if let value = subordinateCount {
            try Layout.subordinateCount.write(value, into: &bytes, order)
        }
        if let value = freedCount { try Layout.freedCount.write(value, into: &bytes, order) }
    }
}
