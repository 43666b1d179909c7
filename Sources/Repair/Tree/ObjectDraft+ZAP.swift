import Bytes
import Objects

extension ObjectDraft {
    /// Gives an entry of a ZAP a value of one word, and adds it where the ZAP lacks it.
    package mutating func setWord(_ name: String, _ value: UInt64) throws(RepairError) {
        let first = try block(0)
        guard Self.isMicro(first, try order(ofBlock: 0)), name.utf8.count < MicroZAP.Layout.nameSize
        else { return try setFatWord(name, value) }
        let place: Int
        if let found = Self.slot(of: name, in: first) ?? Self.slot(of: "", in: first) {
            place = found
        } else if try growMicro() {
            return try setWord(name, value)
        } else {
            return try editZAP { map throws(RepairError) in
                try map.set(name, ZAPValue(word: value))
            }
        }
        typealias Slot = MicroZAP.Layout.Slot
        try editBlock(0) { (bytes, order) throws(FormatError) in
            let start = place * MicroZAP.Layout.slotSize
            let old = [UInt8](bytes[start..<start + MicroZAP.Layout.slotSize])
            var slot = Self.name(old).isEmpty ? [UInt8](repeating: 0, count: old.count) : old
            try Slot.value.write(value, into: &slot, order)
            let text = [UInt8](name.utf8)
            let range = Slot.name.range
            slot.replaceSubrange(
                range, with: text + [UInt8](repeating: 0, count: range.count - text.count))
            bytes.replaceSubrange(start..<start + slot.count, with: slot)
        }
    }

    /// Takes an entry out of a ZAP; nothing happens where it is not there.
    package mutating func removeEntry(_ name: String) throws(RepairError) {
        let first = try block(0)
        guard Self.isMicro(first, try order(ofBlock: 0)) else {
            return try editZAP { map throws(RepairError) in map.remove(name) }
        }
        guard let slot = Self.slot(of: name, in: first) else { return }
        try editBlock(0) { (bytes, _) throws(FormatError) in
            let start = slot * MicroZAP.Layout.slotSize
            for index in start..<start + MicroZAP.Layout.slotSize { bytes[index] = 0 }
        }
    }

    /// The entry's one word as it is going to be; nil where there is none.
    package func word(_ name: String) throws(RepairError) -> UInt64? {
        let first = try block(0)
        let order = try order(ofBlock: 0)
        guard Self.isMicro(first, order) else {
            guard let entry = try fatEntry(name) else { return nil }
            let bytes = try block(entry.block)
            guard let place = try valuePlace(entry, in: bytes) else { return nil }
            return try RepairError.format(of: number) { () throws(FormatError) in
                try Field<UInt64>("value", at: place).read(bytes.rawBytes, .big)
            }
        }
        guard let slot = Self.slot(of: name, in: first) else { return nil }
        return try RepairError.format(of: number) { () throws(FormatError) in
            try Field<UInt64>("mze_value", at: slot * MicroZAP.Layout.slotSize)
                .read(first.rawBytes, order)
        }
    }

    /// Whether the ZAP is one of a single block.
    var isMicroZAP: Bool {
        get throws(RepairError) { Self.isMicro(try block(0), try order(ofBlock: 0)) }
    }

    private static func isMicro(_ block: [UInt8], _ order: ByteOrder) -> Bool {
        (try? MicroZAP.Layout.type.read(block.rawBytes, order)) == MicroZAP.Layout.blockType
    }

    private static func name(_ slot: [UInt8]) -> [UInt8] {
        [UInt8](slot[MicroZAP.Layout.Slot.name.range].prefix { $0 != 0 })
    }

    /// The slot that holds a name, or for the empty one the first free slot.
    private static func slot(of name: String, in block: [UInt8]) -> Int? {
        let wanted = [UInt8](name.utf8)
        let size = MicroZAP.Layout.slotSize
        return (1..<max(1, block.count / size)).first { slot in
            Self.name([UInt8](block[slot * size..<(slot + 1) * size])) == wanted
        }
    }

    /// Doubles the one block of a micro ZAP; false where it is as large as it can be.
    private mutating func growMicro() throws(RepairError) -> Bool {
        let dnode = try decoded()
        let size = dnode.dataBlockSize * 2
        guard size <= 1 << 17, dnode.maximumBlockID == 0, dnode.levels == 1 else {
            return false
        }
        let bytes = try block(0) + [UInt8](repeating: 0, count: size / 2)
        try set(Dnode.Layout.dataBlockSectors, UInt16(size >> 9))
        try setBlock(0, bytes)
        return true
    }

    private mutating func setFatWord(_ name: String, _ value: UInt64) throws(RepairError) {
        guard let entry = try fatEntry(name),
            let place = try valuePlace(entry, in: try block(entry.block))
        else {
            return try editZAP { map throws(RepairError) in
                try map.set(name, ZAPValue(word: value))
            }
        }
        try editBlock(entry.block) { (bytes, _) throws(FormatError) in
            try Field<UInt64>("value", at: place).write(value, into: &bytes, .big)
        }
    }

    private func fatEntry(_ name: String) throws(RepairError) -> ZAPEntry? {
        let object = try contents()
        return try RepairError.object { () throws(ObjectError) in
            try ZAP(object).contents().entries.first { $0.name == name }
        }
    }

    /// Where in its leaf the one word of an entry stands, high byte first.
    private func valuePlace(
        _ entry: ZAPEntry, in bytes: [UInt8]
    ) throws(RepairError) -> Int? {
        guard entry.integerSize == 8, entry.uint64 != nil else { return nil }
        let order = try order(ofBlock: entry.block)
        return try RepairError.format(of: number) { () throws(FormatError) in
            try ZAPLeaf(bytes, order, block: entry.block).placeOfValue(ofEntry: entry.chunk)
        }
    }
}
