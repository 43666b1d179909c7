package import Blocks
package import Bytes
import Codecs
import Devices
import Foundation
package import Objects
package import Vdevs

/// Damages a pool in such a way that every checksum stays right: changes what a block says, in all its copies, and
/// seals everything above it up to the uberblocks.
///
/// Blocks keep their places and sizes. It reads through `reader`, whose devices are the files that it writes, so it
/// is for copies that a test made for itself. No gang blocks. Of encrypted datasets it edits what stands in
/// the clear, and leaves the codes as they are.
package struct PoolEditor {
    /// What can't be edited.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package let reader: BlockReader
    /// The newest one, as it stands after the edits so far.
    package internal(set) var uberblock: Uberblock
    /// The file of each device.
    let files: [GUID: String]
    /// Keeps what was overwritten, where a test wants it back.
    package let journal: EditJournal?

    package init(
        reader: BlockReader, uberblock: Uberblock, files: [GUID: String],
        journal: EditJournal? = nil
    ) {
        self.reader = reader
        self.uberblock = uberblock
        self.files = files
        self.journal = journal
    }

    package func objectSet(_ set: SetPlace) throws -> ObjectSet {
        try ObjectSet(source: reader, pointer: try pointer(to: .header(set)))
    }

    package func object(_ number: UInt64, in set: SetPlace = .meta) throws -> DMUObject {
        let objects = try objectSet(set)
        return number == 0 ? objects.metaObject : try objects.object(number)
    }

    package func pointer(to place: EditPlace) throws -> BlockPointer {
        switch place {
        case .header(.meta): uberblock.rootPointer
        case .header(.dataset(let dataset)):
            try BlockPointer(
                try object(dataset).bonus.rawBytes, at: Self.datasetRootOffset, uberblock.order)
        case .block(let set, let number, let level, let index):
            try object(number, in: set).tree.pointer(level: level, index: index)
        }
    }

    package func bytes(of place: EditPlace) throws -> [UInt8] {
        try reader.read(try pointer(to: place)).bytes
    }

    /// Changes the contents of a block.
    package mutating func edit(_ place: EditPlace, _ change: (inout [UInt8]) throws -> Void) throws
    {
        var pointer = try pointer(to: place)
        var bytes = try reader.read(pointer).bytes
        try change(&bytes)
        try store(bytes, for: &pointer)
        let new = pointer
        try editPointer(to: place) { $0 = new }
    }

    /// Stores other contents in the place of a block, and makes its pointer fit.
    package func store(_ bytes: [UInt8], for pointer: inout BlockPointer) throws {
        let stored: [UInt8]
        (stored, pointer) = try BlockPacker.pack(bytes, for: pointer)
        guard !pointer.isEmbedded else { return }
        try storeAsIs(stored, for: &pointer)
    }

    /// Stores bytes as they are in the place of a block, and gives its pointer their checksum. The code of an encrypted
    /// dataset's block stays, which takes half of the checksum's place.
    package func storeAsIs(_ stored: [UInt8], for pointer: inout BlockPointer) throws {
        let checksum = try pointer.checksumAlgorithm.compute(
            stored.rawBytes, pointer.order, salt: reader.salt)
        var words = [checksum.word0, checksum.word1, checksum.word2, checksum.word3]
        if pointer.usesCrypt, pointer.type != .objectSet {
            if pointer.checksumAlgorithm == .fletcher4 {
                words = [words[0] ^ words[2], words[1] ^ words[3]]
            }
            words = [words[0], words[1]]
        }
        for (index, word) in words.enumerated() { pointer.words[12 + index] = word }
        for copy in 0..<pointer.copyLimit where pointer.hasCopy(copy) {
            try overwrite(pointer.dva(copy), with: stored, birth: pointer.physicalBirth)
        }
    }

    /// Changes the pointer to a block, and leaves what it leads to.
    package mutating func editPointer(
        to place: EditPlace, _ change: (inout BlockPointer) throws -> Void
    ) throws {
        var pointer = try pointer(to: place)
        try change(&pointer)
        let new = pointer
        switch place {
        case .header(.meta): try replaceRoot(by: new)
        case .header(.dataset(let dataset)):
            let order = try object(dataset).order
            try editBonus(of: dataset) { bonus in
                bonus.replaceSubrange(
                    Self.datasetRootOffset..<Self.datasetRootOffset + BlockPointer.byteCount,
                    with: new.encoded(order))
            }
        case .block(let set, let number, let level, let index):
            let dnode = try object(number, in: set).dnode
            guard level < dnode.levels - 1 else {
                try editDnode(number, in: set) { bytes in
                    let start = Dnode.Layout.tailOffset + Int(index) * BlockPointer.byteCount
                    bytes.replaceSubrange(
                        start..<start + BlockPointer.byteCount, with: new.encoded(dnode.order))
                }
                return
            }
            let shift = UInt64(dnode.pointersPerBlockShift)
            let above = EditPlace.block(
                set, object: number, level: level + 1, index: index >> shift)
            let order = try self.pointer(to: above).order
            try edit(above) { bytes in
                let start = Int(index & (1 << shift - 1)) * BlockPointer.byteCount
                bytes.replaceSubrange(
                    start..<start + BlockPointer.byteCount, with: new.encoded(order))
            }
        }
    }

    /// Changes the bytes of a dnode, all its slots.
    package mutating func editDnode(
        _ number: UInt64, in set: SetPlace = .meta, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let objects = try objectSet(set)
        let place: EditPlace
        let start: Int
        if number == 0 {
            (place, start) = (.header(set), 0)
        } else if let own = Self.headerOffset(of: number) {
            (place, start) = (.header(set), own)
        } else {
            let perBlock = UInt64(objects.dnodesPerBlock)
            place = .block(set, object: 0, index: number / perBlock)
            start = Int(number % perBlock) * Dnode.slotSize
        }
        let isInHeader = number == 0 || Self.headerOffset(of: number) != nil
        let count = isInHeader ? Dnode.slotSize : try objects.dnode(number).byteCount
        try edit(place) { bytes in
            var own = [UInt8](bytes[start..<start + count])
            try change(&own)
            bytes.replaceSubrange(start..<start + count, with: own)
        }
    }

    /// Where the header of an object set has the dnodes of accounting.
    private static func headerOffset(of number: UInt64) -> Int? {
        switch number {
        case ObjectSet.userUsedObject: ObjectSetHeader.Layout.userUsed.range.lowerBound
        case ObjectSet.groupUsedObject: ObjectSetHeader.Layout.groupUsed.range.lowerBound
        case ObjectSet.projectUsedObject: ObjectSetHeader.Layout.projectUsed.range.lowerBound
        default: nil
        }
    }

    /// Changes the bonus of an object, whose length stays.
    package mutating func editBonus(
        of number: UInt64, in set: SetPlace = .meta, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let range = try object(number, in: set).dnode.bonusRange
        try editDnode(number, in: set) { bytes in
            var bonus = [UInt8](bytes[range])
            try change(&bonus)
            bytes.replaceSubrange(range, with: bonus)
        }
    }

    /// Changes the spill block of an object.
    package mutating func editSpill(
        of number: UInt64, in set: SetPlace = .meta, _ change: (inout [UInt8]) throws -> Void
    ) throws {
        let dnode = try object(number, in: set).dnode
        guard var pointer = dnode.spillPointer else {
            throw Failure(description: "object \(number) has no spill block")
        }
        var bytes = try reader.read(pointer).bytes
        try change(&bytes)
        try store(bytes, for: &pointer)
        let new = pointer.encoded(dnode.order)
        try editDnode(number, in: set) { own in
            own.replaceSubrange(own.count - BlockPointer.byteCount..<own.count, with: new)
        }
    }

    /// Writes bytes as they are to a place of a vdev, on every side of a mirror and in every column of a RAID-Z or dRAID with
    /// its parity, and seals nothing.
    ///
    /// `birth` is that of the block, since a RAID-Z that has grown has its older blocks in fewer columns. Devices that are
    /// not there are left out.
    package func overwrite(
        _ address: DVA, with bytes: [UInt8], birth: TransactionGroup? = nil
    ) throws {
        guard !address.isGang else { throw Failure(description: "\(address) is a gang block") }
        let places = try reader.vdevs.locations(
            of: address, count: bytes.count, physicalBirth: birth ?? uberblock.txg)
        var isStriped = false
        for place in places {
            guard case .data(let start) = place.role else {
                isStriped = true
                break
            }
            try write(
                Array(bytes[Int(start)..<Int(start + place.byteCount)]), at: place.offset,
                ofDevice: place.guid)
        }
        guard isStriped else { return }
        for write in try reader.vdevs.writes(
            of: bytes, at: address, birth: birth ?? uberblock.txg)
        {
            try self.write(write.patch.bytes, at: write.patch.offset, ofDevice: write.device)
        }
    }

    /// The same by number and offset.
    package func overwrite(vdev: UInt32, at offset: UInt64, with bytes: [UInt8]) throws {
        try overwrite(
            DVA(vdev: vdev, offset: offset, allocatedSize: UInt64(bytes.count)), with: bytes)
    }

    private func write(_ bytes: [UInt8], at offset: UInt64, ofDevice device: GUID) throws {
        guard let file = files[device] else {
            guard !reader.vdevs.leaves.contains(where: { $0.guid == device && $0.device != nil })
            else { throw Failure(description: "no file is known for device \(device)") }
            return
        }
        try write(bytes, at: offset, of: file)
    }

    /// Writes bytes as they are to a place of a device, and seals nothing.
    package func write(_ bytes: [UInt8], at offset: UInt64, of file: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        try journal?.keep(bytes.count, at: offset, of: file, handle)
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
    }

    /// `ds_bp` in the bonus of a dataset (`dsl_dataset_phys_t`, `include/sys/dsl_dataset.h`).
    private static let datasetRootOffset = 128
}
