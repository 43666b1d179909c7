package import Blocks
import Bytes
package import Vdevs

/// A numbered collection of objects: the MOS, a file system, a volume, or a snapshot of one.
///
/// All its objects read through one block source and share one cache of metadata blocks. Mirrors
/// `objset_t` and `dmu_objset_open_impl` (`module/zfs/dmu_objset.c`).
package final class ObjectSet: Sendable {
    /// `DMU_USERUSED_OBJECT`: not in the meta dnode but in the header.
    package static let userUsedObject = UInt64.max
    /// `DMU_GROUPUSED_OBJECT`.
    package static let groupUsedObject = UInt64.max - 1
    /// `DMU_PROJECTUSED_OBJECT`.
    package static let projectUsedObject = UInt64.max - 2

    /// The pointer that led here.
    package let pointer: BlockPointer
    package let header: ObjectSetHeader
    package let source: any BlockSource
    let cache: BlockCache

    package var type: ObjectSetType { header.type }

    /// Opens the object set that `pointer` leads to; throws where its header can't be read or followed.
    package init(
        source: any BlockSource, pointer: BlockPointer, cache: BlockCache = BlockCache()
    ) throws(ObjectError) {
        self.source = source
        self.pointer = pointer
        self.cache = cache
        guard !pointer.isHole else {
            throw ObjectError(object: nil, .outOfRange("the object set was never written"))
        }
        let outcome: ReadOutcome
        do {
            outcome = try source.read(pointer, at: .header)
        } catch {
            throw ObjectError(object: nil, .block(level: pointer.level, index: 0, error))
        }
        do {
            header = try ObjectSetHeader(outcome.bytes.rawBytes, pointer.order)
        } catch {
            throw ObjectError(object: nil, .format(error))
        }
    }

    /// The object whose data are the dnodes of all others.
    package var metaObject: DMUObject { DMUObject(number: 0, header.metaDnode, in: self) }

    /// The object of that number; 0 is the meta dnode, the highest three are the accounting objects.
    ///
    /// Throws where it is not allocated, its dnode can't be read, or the number is that of a slot that
    /// belongs to a large dnode before it.
    package func object(_ number: UInt64) throws(ObjectError) -> DMUObject {
        DMUObject(number: number, try dnode(number), in: self)
    }

    /// The dnode of that number; see `object`.
    package func dnode(_ number: UInt64) throws(ObjectError) -> Dnode {
        if let special = try specialDnode(number) { return special }
        let meta = metaObject
        let perBlock = UInt64(dnodesPerBlock)
        guard meta.dnode.isAllocated, number / perBlock <= meta.dnode.maximumBlockID,
            let block = try meta.tree.block(index: number / perBlock, cached: true)
        else { throw ObjectError(object: number, .notAllocated) }
        let slot = Int(truncatingIfNeeded: number % perBlock)
        if let owner = DnodeBlock(block: block, firstObject: number - number % perBlock)
            .owner(ofSlot: slot)
        {
            throw ObjectError(
                object: number, .outOfRange("the slot belongs to the large dnode \(owner)"))
        }
        let dnode: Dnode
        do {
            dnode = try Dnode(block, slot: slot)
        } catch {
            throw ObjectError(object: number, .format(error))
        }
        guard dnode.isAllocated else { throw ObjectError(object: number, .notAllocated) }
        return dnode
    }

    /// Slots in one block of the meta dnode.
    package var dnodesPerBlock: Int { max(1, header.metaDnode.dataBlockSize / Dnode.slotSize) }

    private func specialDnode(_ number: UInt64) throws(ObjectError) -> Dnode? {
        let dnode: Dnode?
        switch number {
        case 0: dnode = header.metaDnode
        case Self.userUsedObject: dnode = header.userUsed
        case Self.groupUsedObject: dnode = header.groupUsed
        case Self.projectUsedObject: dnode = header.projectUsed
        default: return nil
        }
        guard let dnode else { throw ObjectError(object: number, .notAllocated) }
        return dnode
    }
}
