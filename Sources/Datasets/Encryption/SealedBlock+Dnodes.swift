import Bytes
import Objects
import Vdevs

extension SealedBlock {
    /// A block of dnodes: bonuses of encrypted types are encrypted, all else is proven as far as a raw send
    /// keeps it.
    ///
    /// Mirrors `zio_crypt_init_uios_dnode` (`module/os/linux/zfs/zio_crypt.c`).
    init(dnodes block: [UInt8], _ order: ByteOrder, version: UInt64) throws(FormatError) {
        var start = 0
        while start + Dnode.slotSize <= block.count {
            let slots = Int(block[start + Dnode.Layout.extraSlots.offset]) + 1
            let end = start + slots * Dnode.slotSize
            guard end <= block.count else {
                throw FormatError(
                    Dnode.Layout.extraSlots.name, .invalid("reaches past the end of the block"))
            }
            try add(start..<end, of: block, order, version)
            start = end
        }
    }

    private mutating func add(
        _ dnode: Range<Int>, of block: [UInt8], _ order: ByteOrder, _ version: UInt64
    ) throws(FormatError) {
        typealias Layout = Dnode.Layout
        let start = dnode.lowerBound
        authenticated += Self.portableCore(Array(block[start..<start + Layout.tailOffset]))
        let count = Int(block[start + Layout.pointerCount.offset])
        let flags = Dnode.Flags(rawValue: block[start + Layout.flags.offset])
        let bonus = start + Layout.tailOffset + count * BlockPointer.byteCount
        let hasSpill = flags.contains(.spillPointer)
        let end = dnode.upperBound - (hasSpill ? BlockPointer.byteCount : 0)
        guard bonus <= end else {
            throw FormatError(
                Layout.pointerCount.name, .invalid("leaves the dnode no room for a bonus"))
        }
        let raw = block.rawBytes
        for index in 0..<count {
            let place = start + Layout.tailOffset + index * BlockPointer.byteCount
            authenticated += try BlockPointer(raw, at: place, order).portable(version: version)
        }
        if hasSpill {
            authenticated += try BlockPointer(raw, at: end, order).portable(version: version)
        }
        let bonusType = ObjectType(rawValue: block[start + Layout.bonusType.offset])
        let isAllocated = block[start + Layout.type.offset] != 0
        let length = start + Layout.bonusLength.offset
        let hasBonus = block[length] != 0 || block[length + 1] != 0
        if isAllocated, bonusType.isEncrypted, hasBonus {
            encrypted.append(bonus..<end)
        } else {
            authenticated += block[bonus..<end]
        }
    }

    /// The fixed part of a dnode without the space it uses and the flags that are each pool's own
    /// (`DNODE_CRYPT_PORTABLE_FLAGS_MASK`).
    static func portableCore(_ core: [UInt8]) -> [UInt8] {
        var core = core
        core[Dnode.Layout.flags.offset] &= Dnode.Flags.spillPointer.rawValue
        let used = Dnode.Layout.used.offset
        for index in used..<used + 8 { core[index] = 0 }
        return core
    }
}
