import Bytes
import Vdevs

/// Bits of a pointer that no version of OpenZFS sets, and that reading passes by.
extension BlockPointer {
    /// The words of a pointer that a payload fills: all but its properties and its birth (`BPE_IS_PAYLOADWORD`).
    private static let payloadWords = [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15]
    /// Of an address's first word: what was meant for the layout of RAID-Z, and what is above the vdev.
    private static let reservedVdevBits: UInt64 = 0xff00_0000_ff00_0000
    /// Of an address's second word: sectors past the last byte that 64 bits can count.
    private static let reservedOffsetBits: UInt64 = 0x7f80_0000_0000_0000

    /// The first address with a bit set that means nothing, or that leads nowhere and yet is not empty.
    var addressFlaw: (field: String, value: UInt64)? {
        for index in 0..<copyLimit {
            let address = dva(index)
            if address.word0 & Self.reservedVdevBits != 0 {
                return ("reserved bits of address \(index)", address.word0)
            }
            if address.word1 & Self.reservedOffsetBits != 0 {
                return ("offset of address \(index)", address.word1)
            }
            if address.allocatedSize == 0, !address.isEmpty {
                return ("offset of address \(index), which has no size", address.word1)
            }
        }
        return nil
    }

    /// What a pointer that holds its block has behind the payload, where all is zero, or a birth of 0.
    var embeddedFlaw: (field: String, value: UInt64)? {
        if logicalBirth.rawValue == 0 { return ("birth", 0) }
        guard !isRedacted else { return nil }
        let (whole, rest) = (physicalSize / 8, UInt64(physicalSize % 8))
        for (place, index) in Self.payloadWords.enumerated() where place >= whole {
            let unused = place == whole ? words[index] >> (rest * 8) : words[index]
            if unused != 0 { return ("bytes behind the payload", unused) }
        }
        return nil
    }
}
