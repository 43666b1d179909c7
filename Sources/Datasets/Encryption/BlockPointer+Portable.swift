import Bytes
import Vdevs

extension BlockPointer {
    /// What codes of a level above prove of a pointer: its own code and the properties that a raw send
    /// keeps, 32 bytes, in the first format 24.
    ///
    /// Mirrors `zio_crypt_bp_auth_init` and `zio_crypt_bp_zero_nonportable_blkprop`
    /// (`module/os/linux/zfs/zio_crypt.c`).
    func portable(version: UInt64) -> [UInt8] {
        let code = type == .objectSet ? [UInt8](repeating: 0, count: 16) : authenticationCode
        let bytes = DatasetKey.littleEndian(portableProperties(version)) + code
        return version == 0 ? bytes : bytes + [UInt8](repeating: 0, count: 8)
    }

    private func portableProperties(_ version: UInt64) -> UInt64 {
        var word = properties
        if version == 0 {
            word = Bits.dedup.write(0, into: word)
            word = Bits.checksum.write(0, into: word)
            return Bits.physicalSize.write(0, into: word)
        }
        if isHole { return 0 }
        if level != 0 {
            word = Bits.order.write(0, into: word)
            word = Bits.compression.write(0, into: word)
            word = Bits.physicalSize.write(0, into: word)
        }
        word = Bits.dedup.write(0, into: word)
        return Bits.checksum.write(0, into: word)
    }

    /// The fields of `blk_prop` that are not always the same on both sides of a raw send.
    private enum Bits {
        static let physicalSize = BitField(low: 16, count: 16)
        static let compression = BitField(low: 32, count: 7)
        static let checksum = BitField(low: 40, count: 8)
        static let dedup = BitField(low: 62, count: 1)
        static let order = BitField(low: 63, count: 1)
    }
}
