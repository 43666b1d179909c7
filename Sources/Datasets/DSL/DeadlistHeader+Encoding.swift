package import Bytes

extension DeadlistHeader {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.usedBytes.write(usedBytes, into: &bytes, order)
        try Layout.compressedBytes.write(compressedBytes, into: &bytes, order)
        try Layout.uncompressedBytes.write(uncompressedBytes, into: &bytes, order)
    }
}
