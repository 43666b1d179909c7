import Blocks
import Bytes
import Codecs
import Objects
import Vdevs

/// The blocks that a draft is going to have, as a reader of objects sees them.
///
/// The tree above them is made up: pointers on a vdev that no pool has, each of which tells level and index. All other
/// pointers are read from disk.
struct DraftBlocks: BlockSource {
    let draft: ObjectDraft
    /// The highest number that an address has room for.
    private static let vdev: UInt32 = 0xff_ffff
    /// Log2 of the pointers in a block of them.
    static let pointerShift: UInt64 = 10

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        let address = pointer.dva(0)
        guard !pointer.isHole, !pointer.isEmbedded, address.vdev == Self.vdev else {
            guard let source = draft.base?.source else {
                throw BlockError(pointer, .badPointer("is of an object that is not written yet"))
            }
            return try source.read(pointer)
        }
        let place = (address.offset >> 9) - 1
        let (level, index) = (UInt8(truncatingIfNeeded: place & 31), place >> 5)
        do {
            let bytes =
                level == 0
                ? try draft.block(index) : try pointers(below: level, index)
            return ReadOutcome(bytes: bytes)
        } catch {
            if case .object(let cause) = error, case .block(_, _, let block) = cause.reason {
                throw block
            }
            throw BlockError(pointer, .badPointer("can't be followed: \(error)"))
        }
    }

    private func pointers(below level: UInt8, _ index: UInt64) throws(RepairError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(BlockPointer.byteCount << Int(Self.pointerShift))
        for child in index << Self.pointerShift..<(index + 1) << Self.pointerShift {
            bytes += try pointer(level: level - 1, child).encoded(draft.order)
        }
        return bytes
    }

    /// The made-up pointer to a block; a hole where there is none.
    func pointer(level: UInt8, _ index: UInt64) throws(RepairError) -> BlockPointer {
        let dnode = try draft.decoded()
        let first = index << (Self.pointerShift * UInt64(level))
        guard first <= dnode.maximumBlockID else { return .hole }
        if level == 0, try draft.isHole(index) { return .hole }
        let size =
            level == 0 ? dnode.dataBlockSize : BlockPointer.byteCount << Int(Self.pointerShift)
        return BlockPointer(
            type: dnode.type, level: level, logicalSize: size, physicalSize: size,
            compression: .off, checksumAlgorithm: .off, checksum: Checksum(0, 0, 0, 0),
            order: level == 0 ? try draft.order(ofBlock: index) : draft.order,
            addresses: [
                DVA(
                    vdev: Self.vdev, offset: ((index << 5 | UInt64(level)) + 1) << 9,
                    allocatedSize: 512)
            ], birth: TransactionGroup(1), fill: 1)
    }
}
