package import Bytes

extension Bookmark {
    package func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError) {
        try Layout.guid.write(guid.rawValue, into: &bytes, order)
        try Layout.creationTxg.write(creationTxg.rawValue, into: &bytes, order)
        try Layout.creationTime.write(creationTime, into: &bytes, order)
        try Layout.redactionList.write(redactionList, into: &bytes, order)
        try Layout.rawFlags.write(rawFlags, into: &bytes, order)
        try Layout.referencedBytes.write(referencedBytes, into: &bytes, order)
        try Layout.compressedBytes.write(compressedBytes, into: &bytes, order)
        try Layout.uncompressedBytes.write(uncompressedBytes, into: &bytes, order)
        try Layout.referencedFreedBytes.write(referencedFreedBytes, into: &bytes, order)
        try Layout.compressedFreedBytes.write(compressedFreedBytes, into: &bytes, order)
        try Layout.uncompressedFreedBytes.write(uncompressedFreedBytes, into: &bytes, order)
        try Layout.ivsetGUID.write(ivsetGUID.rawValue, into: &bytes, order)
    }
}
