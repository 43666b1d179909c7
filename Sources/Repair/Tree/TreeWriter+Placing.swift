import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// What becomes of a block: how it is packed, and where it goes.
extension TreeWriter {
    /// Metadata is packed as the MOS's root is; data as the block before it was.
    func compression(
        of old: BlockPointer, level: UInt8, _ dnode: Dnode
    ) -> CompressionAlgorithm {
        let isMetadata = level > 0 || dnode.type.isMetadata
        return isMetadata || old.isHole ? root.compression : old.compression
    }

    /// Packs a block, encrypts it where its dataset is encrypted, and gives it its place.
    mutating func place(
        _ bytes: [UInt8], _ key: TreePlacement, insteadOf old: BlockPointer,
        beside neighbour: BlockPointer, _ template: BlockTemplate, fill: UInt64,
        encryptor: DatasetEncryptor?
    ) throws(RepairError) -> BlockPointer {
        let isOld = !old.isHole && !old.isEmbedded
        if key.level == -1 { free(old) }
        var copies = (0..<3).count(where: (isOld ? old : neighbour).hasCopy)
        // Salt and vector take the place of the third address.
        let isEncrypted = encryptor != nil && template.level == 0 && template.type.isEncrypted
        if isEncrypted { copies = min(copies, 2) }
        let (room, unit, txg, salt) = (places[key]?.byteCount ?? 0, space.unit, txg, salt)
        let packed = try RepairError.codec { () throws(CodecError) in
            try BlockBuilder.pack(
                bytes, template, unit: unit, room: room, encryptor: encryptor)
        }
        let place = try settle(packed.stored.count, key, copies: copies, like: old)
        let pointer = try RepairError.codec { () throws(CodecError) in
            try BlockBuilder.pointer(
                to: packed, template, at: place.addresses, birth: txg, fill: fill, salt: salt)
        }
        written.append(Block(pointer: pointer, stored: packed.stored))
        return pointer
    }

    /// The place of a block, a new one where the one it had is too small.
    private mutating func settle(
        _ byteCount: Int, _ key: TreePlacement, copies: Int, like old: BlockPointer
    ) throws(RepairError) -> Place {
        if let place = places[key] {
            if place.byteCount == byteCount { return place }
            for address in place.addresses { space.release(address) }
        }
        let place = Place(
            addresses: try space.allocate(byteCount, copies: copies, like: old),
            byteCount: byteCount)
        places[key] = place
        return place
    }
}
