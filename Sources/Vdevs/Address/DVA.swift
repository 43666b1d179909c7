public import Bytes

/// Where a copy of a block lies: a top-level vdev and a byte offset on it.
///
/// Two words of a block pointer. Offsets count from the end of the two front labels and the boot area,
/// so that offset 0 is byte 4 MiB of a leaf. Mirrors `dva_t` (`include/sys/spa.h`).
@usableFromInline
@frozen package struct DVA: Sendable, Hashable {
    @usableFromInline package let word0: UInt64
    @usableFromInline package let word1: UInt64

    @inlinable package init(word0: UInt64, word1: UInt64) {
        self.word0 = word0
        self.word1 = word1
    }

    @inlinable package init(
        vdev: UInt32, offset: UInt64, allocatedSize: UInt64, isGang: Bool = false
    ) {
        word0 = Bits.vdev.write(UInt64(vdev), into: allocatedSize >> 9 & 0xff_ffff)
        word1 = Bits.gang.write(isGang ? 1 : 0, into: offset >> 9)
    }

    @usableFromInline
    enum Bits {
        @inlinable static var allocatedSize: BitField { BitField(low: 0, count: 24) }
        @inlinable static var vdev: BitField { BitField(low: 32, count: 24) }
        @inlinable static var offset: BitField { BitField(low: 0, count: 63) }
        @inlinable static var gang: BitField { BitField(low: 63, count: 1) }
    }

    /// The index of the top-level vdev; never more than 24 bits.
    @inlinable package var vdev: UInt32 { UInt32(truncatingIfNeeded: Bits.vdev.read(word0)) }
    /// Bytes from the start of the vdev's allocatable space; a shift of 63 bits by 9 may lose the top
    /// bits, which no device reaches.
    @inlinable package var offset: UInt64 { Bits.offset.read(word1) << 9 }
    /// How many bytes the copy takes on its vdev, parity and padding included (`DVA_GET_ASIZE`).
    @inlinable package var allocatedSize: UInt64 { Bits.allocatedSize.read(word0) << 9 }
    /// Whether the address names a gang header instead of the data.
    @inlinable package var isGang: Bool { Bits.gang.read(word1) != 0 }
    /// Neither word is set: there is no such copy.
    @inlinable package var isEmpty: Bool { word0 == 0 && word1 == 0 }
}

extension DVA: CustomStringConvertible {
    /// `<vdev:offset:asize>` in hexadecimal, as zdb prints it.
    @usableFromInline package var description: String {
        "<\(vdev):\(String(offset, radix: 16)):\(String(allocatedSize, radix: 16))>"
    }
}
