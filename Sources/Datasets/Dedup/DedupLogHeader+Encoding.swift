package import Bytes

extension DedupLogHeader {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.info.write(info, into: &bytes, order)
        try Layout.length.write(length, into: &bytes, order)
        try Layout.firstTxg.write(firstTxg.rawValue, into: &bytes, order)
        try Layout.checkpoint0.write(checkpoint0, into: &bytes, order)
        try Layout.checkpoint1.write(checkpoint1, into: &bytes, order)
        try Layout.checkpoint2.write(checkpoint2, into: &bytes, order)
        try Layout.checkpoint3.write(checkpoint3, into: &bytes, order)
        try Layout.checkpointProperties.write(checkpointProperties, into: &bytes, order)
    }
}
