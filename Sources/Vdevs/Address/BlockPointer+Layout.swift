package import Bytes

extension BlockPointer {
    /// Where the words of `blkptr_t` lie; their bits are read by the computed properties.
    package enum Layout {
        package static let dva0Word0 = Field<UInt64>("blk_dva[0].dva_word[0]", at: 0)
        package static let dva0Word1 = Field<UInt64>("blk_dva[0].dva_word[1]", at: 8)
        package static let dva1Word0 = Field<UInt64>("blk_dva[1].dva_word[0]", at: 16)
        package static let dva1Word1 = Field<UInt64>("blk_dva[1].dva_word[1]", at: 24)
        package static let dva2Word0 = Field<UInt64>("blk_dva[2].dva_word[0]", at: 32)
        package static let dva2Word1 = Field<UInt64>("blk_dva[2].dva_word[1]", at: 40)
        package static let properties = Field<UInt64>("blk_prop", at: 48)
        package static let moreProperties = Field<UInt64>("blk_prop2", at: 56)
        package static let padding = Field<UInt64>("blk_pad", at: 64)
        package static let physicalBirth = Field<UInt64>("blk_birth_word[0]", at: 72)
        package static let logicalBirth = Field<UInt64>("blk_birth_word[1]", at: 80)
        package static let fill = Field<UInt64>("blk_fill", at: 88)
        package static let checksum0 = Field<UInt64>("blk_cksum.zc_word[0]", at: 96)
        package static let checksum1 = Field<UInt64>("blk_cksum.zc_word[1]", at: 104)
        package static let checksum2 = Field<UInt64>("blk_cksum.zc_word[2]", at: 112)
        package static let checksum3 = Field<UInt64>("blk_cksum.zc_word[3]", at: 120)

        package static let fields = [
            AnyField(dva0Word0), AnyField(dva0Word1), AnyField(dva1Word0), AnyField(dva1Word1),
            AnyField(dva2Word0), AnyField(dva2Word1), AnyField(properties),
            AnyField(moreProperties), AnyField(padding), AnyField(physicalBirth),
            AnyField(logicalBirth), AnyField(fill), AnyField(checksum0), AnyField(checksum1),
            AnyField(checksum2), AnyField(checksum3),
        ]
    }

    /// The pointer's 128 bytes as a host of that order stores them.
    package func encoded(_ order: ByteOrder) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for index in words.indices {
            let word = order == .little ? words[index].littleEndian : words[index].bigEndian
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }
}
