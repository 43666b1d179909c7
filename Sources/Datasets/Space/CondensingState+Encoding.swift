package import Bytes

extension CondensingState {
    package func encode(
        into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.vdev.write(vdev, into: &bytes, order)
        try Layout.previousObsoleteMap.write(previousObsoleteMap, into: &bytes, order)
        try Layout.nextMapping.write(nextMapping, into: &bytes, order)
    }
}
