package import Bytes

extension BlockReferencesHeader {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.entries.write(entries, into: &bytes, order)
        try Layout.size.write(size, into: &bytes, order)
        try Layout.byteOrder.write(byteOrder, into: &bytes, order)
        try Layout.totalCount.write(totalCount, into: &bytes, order)
        try Layout.rangeSize.write(rangeSize, into: &bytes, order)
        try Layout.usedSpace.write(usedSpace, into: &bytes, order)
        try Layout.savedSpace.write(savedSpace, into: &bytes, order)
    }
}
