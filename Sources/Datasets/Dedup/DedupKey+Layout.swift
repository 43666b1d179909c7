package import Bytes
import Codecs

extension DedupKey {
    /// Where each field of `ddt_key_t` lies on disk.
    package enum Layout {
        package static let checksum0 = Field<UInt64>("ddk_cksum[0]", at: 0)
        package static let checksum1 = Field<UInt64>("ddk_cksum[1]", at: 8)
        package static let checksum2 = Field<UInt64>("ddk_cksum[2]", at: 16)
        package static let checksum3 = Field<UInt64>("ddk_cksum[3]", at: 24)
        package static let properties = Field<UInt64>("ddk_prop", at: 32)

        package static let fields = [
            AnyField(checksum0), AnyField(checksum1), AnyField(checksum2), AnyField(checksum3),
            AnyField(properties),
        ]
    }

    package func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError) {
        try Layout.checksum0.write(checksum.word0, into: &bytes, order)
        try Layout.checksum1.write(checksum.word1, into: &bytes, order)
        try Layout.checksum2.write(checksum.word2, into: &bytes, order)
        try Layout.checksum3.write(checksum.word3, into: &bytes, order)
        try Layout.properties.write(properties, into: &bytes, order)
    }
}
