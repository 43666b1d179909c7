package import Bytes

extension HistoryHeader {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.creationEnd.write(creationEnd, into: &bytes, order)
        try Layout.physicalEnd.write(physicalEnd, into: &bytes, order)
        try Layout.begin.write(begin, into: &bytes, order)
        try Layout.end.write(end, into: &bytes, order)
        try Layout.recordsLost.write(recordsLost, into: &bytes, order)
    }
}
