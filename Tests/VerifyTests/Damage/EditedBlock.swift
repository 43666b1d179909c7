import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

/// A block whose pointer is damaged, as it was before.
struct EditedBlock {
    let objectSet: UInt64
    let object: UInt64
    let level: UInt8
    let index: UInt64
    let pointer: BlockPointer

    var place: EditPlace {
        .block(
            objectSet == 0 ? .meta : .dataset(objectSet), object: object, level: level,
            index: index)
    }
    var address: DVA { pointer.dva(0) }
    var bytes: Range<UInt64> {
        address.offset..<address.offset + address.allocatedSize
    }

    /// The block as a problem of its own names it, with the address that it is found with.
    func found(_ kind: ProblemKind, _ address: DVA? = nil, txg: UInt64? = nil) -> Found {
        let address = address ?? self.address
        return Found(kind) { location in
            location.objectSet = objectSet
            location.object = object
            location.level = Int64(level)
            location.blockID = index
            location.vdev = UInt64(address.vdev)
            location.offset = address.offset
            location.size = address.allocatedSize
            location.txg = .init(txg ?? pointer.birth.rawValue)
        }
    }
}

extension EditedPool {
    func block(
        _ objectSet: UInt64, _ object: UInt64, level: UInt8 = 0, _ index: UInt64 = 0
    ) throws -> EditedBlock {
        let place = EditPlace.block(
            objectSet == 0 ? .meta : .dataset(objectSet), object: object, level: level,
            index: index)
        return EditedBlock(
            objectSet: objectSet, object: object, level: level, index: index,
            pointer: try editor.pointer(to: place))
    }

    /// Gives a block another first address.
    func move(
        _ block: EditedBlock, vdev: UInt32? = nil, to offset: UInt64? = nil, size: UInt64? = nil
    ) throws -> DVA {
        let old = block.address
        let new = DVA(
            vdev: vdev ?? old.vdev, offset: offset ?? old.offset,
            allocatedSize: size ?? old.allocatedSize)
        try editor.editPointer(to: block.place) { pointer in
            (pointer.words[0], pointer.words[1]) = (new.word0, new.word1)
        }
        return new
    }

    /// Overwrites bits of a block's properties.
    func setProperty(_ block: EditedBlock, _ field: BitField, _ value: UInt64) throws {
        try editor.editPointer(to: block.place) { pointer in
            pointer.words[6] = field.write(value, into: pointer.words[6])
        }
    }

    /// What is leaked where a block of vdev 0 was, since nothing leads there any more.
    func leak(_ block: EditedBlock) throws -> Found {
        Found(.spacemapLeak, try metaslab(of: block.address.offset), block.bytes)
    }
}

extension EditedPool {
    /// Takes a block away from an object of the MOS, so that a test has space of its own.
    func take(_ objectSet: UInt64, _ object: UInt64?, _ index: UInt64 = 0) throws -> EditedBlock {
        let block = try self.block(objectSet, try #require(object), index)
        try editor.editPointer(to: block.place) { $0 = .hole }
        return block
    }
}
