import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// Objects of the MOS that a healthy pool does not have, and entries that lead to them.
extension EditedPool {
    /// What a new object is; its one block stands in its pointer, so that it takes no space.
    struct NewObject {
        var type = ObjectType.none
        var bonusType = ObjectType.none
        var bonus: [UInt8] = []
        var block: [UInt8] = []
    }

    /// `DMU_OTN_UINT64_METADATA`.
    static let words = ObjectType(rawValue: 0xc3)
    /// `DMU_OTN_ZAP_METADATA`.
    static let table = ObjectType(rawValue: 0xc4)

    /// Makes an object in the first free slot of the MOS, and counts it; returns its number.
    func addObject(_ new: NewObject) throws -> UInt64 {
        let set = try editor.objectSet(.meta)
        var taken: Set<UInt64> = []
        set.forEachDnode { if case .object(let object) = $0 { taken.insert(object.number) } }
        let number = try #require((2..<10_000).first { !taken.contains($0) })
        let perBlock = UInt64(set.dnodesPerBlock)
        let index = number / perBlock
        let block = EditPlace.block(.meta, object: 0, index: index)
        let dnode = try Self.dnode(new, birth: try editor.pointer(to: block).birth)
        try editor.edit(block) { bytes in
            let start = Int(number % perBlock) * Dnode.slotSize
            bytes.replaceSubrange(start..<start + Dnode.slotSize, with: dnode)
        }
        let meta = set.metaObject.dnode
        for level in 0..<meta.levels {
            let above = index >> (UInt64(level) * UInt64(meta.pointersPerBlockShift))
            let place = EditPlace.block(.meta, object: 0, level: level, index: above)
            try editor.editPointer(to: place) { $0.words[11] += 1 }
        }
        try editor.editPointer(to: .header(.meta)) { $0.words[11] += 1 }
        return number
    }

    /// Gives an object of the MOS, which must have no blocks, another dnode.
    func replaceObject(_ number: UInt64, by new: NewObject) throws {
        let perBlock = UInt64(try editor.objectSet(.meta).dnodesPerBlock)
        let block = EditPlace.block(.meta, object: 0, index: number / perBlock)
        let dnode = try Self.dnode(new, birth: try editor.pointer(to: block).birth)
        try editor.editDnode(number) { $0 = dnode }
    }

    private static func dnode(_ new: NewObject, birth: TransactionGroup) throws -> [UInt8] {
        typealias Layout = Dnode.Layout
        var bytes = [UInt8](repeating: 0, count: Dnode.slotSize)
        try Layout.type.write(new.type.rawValue, into: &bytes, .little)
        try Layout.indirectBlockShift.write(17, into: &bytes, .little)
        try Layout.levels.write(1, into: &bytes, .little)
        // As many as `dnode_allocate` makes room for.
        let pointers = min(3, 1 + (320 - new.bonus.count) / 128)
        try Layout.pointerCount.write(UInt8(pointers), into: &bytes, .little)
        try Layout.bonusType.write(new.bonusType.rawValue, into: &bytes, .little)
        try Layout.flags.write(Dnode.Flags.usedBytes.rawValue, into: &bytes, .little)
        let sectors = max(1, new.block.count / 512)
        try Layout.dataBlockSectors.write(UInt16(sectors), into: &bytes, .little)
        try Layout.bonusLength.write(UInt16(new.bonus.count), into: &bytes, .little)
        if !new.block.isEmpty {
            let pointer = try embedded(new.block, new.type, birth).encoded(.little)
            bytes.replaceSubrange(Layout.tailOffset..<Layout.tailOffset + 128, with: pointer)
        }
        let start = Layout.tailOffset + pointers * 128
        bytes.replaceSubrange(start..<start + new.bonus.count, with: new.bonus)
        return bytes
    }

    private static func embedded(
        _ block: [UInt8], _ type: ObjectType, _ birth: TransactionGroup
    ) throws -> BlockPointer {
        var pointer = BlockPointer.hole
        let lz4 = UInt64(CompressionAlgorithm.lz4.rawValue)
        pointer.words[6] =
            UInt64(block.count - 1) | lz4 << 32 | 1 << 39 | UInt64(type.rawValue) << 48 | 1 << 63
        pointer.words[10] = birth.rawValue
        return try BlockPacker.pack(block, for: pointer).pointer
    }

    /// The block of a micro ZAP with one word under each name.
    static func microZAP(_ entries: [(String, UInt64)]) throws -> [UInt8] {
        let hash = ZAPHash(salt: 1, flags: [], normalization: 0)
        let builder = ZAPBuilder(salt: 1, flags: [], normalization: 0, order: .little)
        return try #require(
            try builder.micro(
                entries.map { name, word in
                    let key = Array(name.utf8)
                    return ZAPBuilder.Entry(
                        .name(key), ZAPValue(word: word), hash: hash.hash(name: key) ?? 0)
                }, size: 512))
    }

    /// Puts words into bytes one after another.
    static func bytes(_ words: [UInt64]) -> [UInt8] {
        words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
        }
    }
}

extension EditedPool {
    /// Makes a fat ZAP of the MOS anew with other entries, in the blocks that it has.
    func rebuild(
        _ zap: UInt64, _ change: (inout [ZAPBuilder.Entry], ZAPHash) throws -> Void
    ) throws {
        let object = try editor.object(zap)
        let own = try ZAP(object)
        guard case .fat(let header) = own.form else { throw Failure(description: "no fat ZAP") }
        var entries = own.entries().map { ZAPBuilder.Entry($0) }
        try change(&entries, own.hash)
        let builder = ZAPBuilder(
            salt: header.salt, flags: header.flags, normalization: header.normalization,
            order: object.order)
        let blocks = try builder.fat(entries, blockSize: object.blockSize)
        try #require(blocks.count == Int(object.blockCount))
        for (index, block) in blocks.enumerated() {
            try editor.edit(.block(.meta, object: zap, index: UInt64(index))) { $0 = block }
        }
    }

    /// Adds an entry of words to a fat ZAP of the MOS, or replaces one.
    func setEntry(_ name: String, ofFat zap: UInt64, words: [UInt64]) throws {
        try rebuild(zap) { entries, hash in
            let key = ZAPEntry.Key.name(Array(name.utf8))
            entries.removeAll { $0.key == key }
            let value = ZAPValue(
                integerSize: 8,
                bytes: words.flatMap { word in
                    (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - $0 * 8)) }
                })
            let number = try #require(hash.hash(name: Array(name.utf8)))
            entries.append(ZAPBuilder.Entry(key, value, hash: number))
        }
    }

    /// Adds to the count of a feature.
    func addToFeature(_ guid: String, _ delta: UInt64) throws {
        let directory = try open().directory
        for key in [ObjectDirectory.Key.featuresForWrite, .featuresForRead] {
            let zap = try #require(directory.object(key))
            let table = try open().meta.zap(zap)
            guard let count = try table.lookup(guid)?.uint64 else { continue }
            guard table.isMicro else {
                return try setWord(0, ofEntryNamed: guid, in: zap, count &+ delta)
            }
            return try setEntry(guid, ofMeta: zap, count &+ delta)
        }
        throw Failure(description: "the pool lacks \(guid)")
    }
}
