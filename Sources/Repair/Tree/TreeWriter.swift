import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// Writes drafts of object sets copy-on-write, from the leaves up: data blocks, indirect blocks, dnodes, the header.
///
/// Each block gets a place when it is written for the first time. What a block holds may depend on where others come to
/// lie, since the space maps are blocks too; so a caller writes the same drafts again until nothing moves. A place only
/// ever grows: contents that pack into less are filled up with zeros, so that this ends.
struct TreeWriter {
    /// A block that is to be written.
    struct Block {
        let pointer: BlockPointer
        let stored: [UInt8]
    }

    /// Where a block lies, and how much it may take.
    struct Place {
        var addresses: [DVA]
        var byteCount: Int
    }

    /// What blocks of metadata have in common where there is no older one to ask: what the MOS's root has.
    let root: BlockPointer
    let txg: TransactionGroup
    let salt: ChecksumSalt?
    let keepsHoleBirths: Bool
    let deflation: Deflation
    var space: FreeSpace
    var places: [TreePlacement: Place] = [:]
    /// What the last pass wrote, and what it no longer needs; pointers that hold their blocks themselves among the latter,
    /// since books count what is in them.
    var written: [Block] = []
    private(set) var freed: [BlockPointer] = []
    /// What the books no longer have and nobody frees, since the pointers can't be trusted.
    var abandoned: [BlockPointer] = []
    /// The dnodes that the last pass wrote, by object set and object.
    private(set) var dnodes: [UInt64: [UInt64: [UInt8]]] = [:]

    init(
        _ pool: Pool, txg: TransactionGroup, deflation: Deflation, space: FreeSpace
    ) {
        root = pool.uberblock.rootPointer
        self.txg = txg
        salt = pool.reader.salt
        keepsHoleBirths = pool.features.isActive("hole_birth")
        self.deflation = deflation
        self.space = space
    }

    /// Forgets what the last pass wrote, but not where.
    mutating func beginPass() {
        written = []
        freed = []
        abandoned = []
        dnodes = [:]
    }

    /// Writes an object set and returns the pointer to it.
    mutating func write(_ draft: ObjectSetDraft) throws(RepairError) -> BlockPointer {
        let header = draft.set.header
        var meta = draft.dnodes ?? ObjectDraft(draft.set.metaObject)
        let perBlock = UInt64(draft.set.dnodesPerBlock)
        var dnodes: [UInt64: [(slot: Int, bytes: [UInt8])]] = [:]
        var bytes = header.bytes
        for (number, object) in draft.objects.sorted(by: { $0.key < $1.key }) {
            if let range = ObjectSetHeader.Layout.range(ofAccount: number) {
                guard range.upperBound <= bytes.count else {
                    throw .changed("the object set has no dnodes for accounts")
                }
                bytes.replaceSubrange(range, with: try dnode(of: object, in: draft))
                continue
            }
            let bytes = try dnode(of: object, in: draft)
            self.dnodes[draft.number, default: [:]][number] = bytes
            dnodes[number / perBlock, default: []].append((Int(number % perBlock), bytes))
        }
        for (number, count) in draft.erased {
            let zeros = [UInt8](repeating: 0, count: count * Dnode.slotSize)
            dnodes[number / perBlock, default: []].append((Int(number % perBlock), zeros))
        }
        for index in draft.lostDnodeBlocks where dnodes[index] == nil { meta.punch(index) }
        for (index, changes) in dnodes.sorted(by: { $0.key < $1.key }) {
            var block =
                draft.lostDnodeBlocks.contains(index)
                ? [UInt8](repeating: 0, count: try meta.blockSize) : try meta.block(index)
            for (slot, bytes) in changes {
                let start = slot * Dnode.slotSize
                guard start + bytes.count <= block.count else {
                    throw .changed("a dnode reaches past the end of its block")
                }
                block.replaceSubrange(start..<start + bytes.count, with: bytes)
            }
            try meta.setBlock(index, block)
        }
        if let log = draft.intentLog {
            bytes.replaceSubrange(ObjectSetHeader.Layout.intentLog.range, with: log)
        }
        bytes.replaceSubrange(
            ObjectSetHeader.Layout.metaDnode.range, with: try write(meta, in: draft))
        let fill = try pointers(of: meta, bytes).reduce(UInt64(0)) { $0 &+ $1.fill }
        if let encryptor = draft.encryptor {
            let plain = bytes
            bytes = try RepairError.codec { () throws(CodecError) in
                try encryptor.key.sealing(header: plain, draft.order)
            }
        }
        return try place(
            bytes, TreePlacement(set: draft.number, object: 0, level: -1, index: 0),
            insteadOf: draft.set.pointer, beside: root,
            BlockTemplate(
                type: .objectSet, level: 0, compression: root.compression,
                checksum: draft.set.pointer.checksumAlgorithm, order: draft.order), fill: fill,
            encryptor: draft.encryptor)
    }

    private func pointers(
        of meta: ObjectDraft, _ header: [UInt8]
    ) throws(RepairError) -> [BlockPointer] {
        let dnode = try RepairError.format(of: 0) { () throws(FormatError) in
            try Dnode(block: header, at: 0, meta.order)
        }
        return (0..<Int(dnode.pointerCount)).map(dnode.pointer)
    }

    mutating func free(_ pointer: BlockPointer) {
        if !pointer.isHole { freed.append(pointer) }
    }
}
