package import Bytes

/// Puts a ZAP together anew from its entries: one block of slots where they fit, else a hash table of leaves.
///
/// The salt and the flags stay those of the ZAP that it replaces, so that hashes stay what they were and directory offsets
/// that a client remembers stay good. Mirrors what `mzap_create_impl`, `fzap_upgrade`, `zap_expand_leaf` and
/// `zap_entry_create` (`module/zfs/zap_micro.c`, `zap_fat.c`, `zap_leaf.c`) leave behind.
package struct ZAPBuilder: Sendable {
    package let salt: UInt64
    package let flags: ZAPFlags
    /// `U8_TEXTPREP_*` flags.
    package let normalization: UInt64
    package let order: ByteOrder

    package init(salt: UInt64, flags: ZAPFlags, normalization: UInt64, order: ByteOrder) {
        self.salt = salt
        self.flags = flags
        self.normalization = normalization
        self.order = order
    }

    /// One entry that is to be in the ZAP; its hash is that of its key unless Unicode's tables are needed to know it, which is
    /// why it comes along.
    package struct Entry: Sendable, Hashable {
        package let key: ZAPEntry.Key
        package let value: ZAPValue
        package let hash: UInt64

        package init(_ key: ZAPEntry.Key, _ value: ZAPValue, hash: UInt64) {
            self.key = key
            self.value = value
            self.hash = hash
        }

        package init(_ entry: ZAPEntry) {
            self.init(entry.key, entry.value, hash: entry.hash)
        }
    }

    /// A micro ZAP of `size` bytes; nil where an entry needs more than a slot has, or there are too few slots.
    package func micro(_ entries: [Entry], size: Int) throws(FormatError) -> [UInt8]? {
        typealias Layout = MicroZAP.Layout
        guard flags.rawValue == 0, entries.count < size / Layout.slotSize else { return nil }
        var block = [UInt8](repeating: 0, count: size)
        try Layout.type.write(Layout.blockType, into: &block, order)
        try Layout.salt.write(salt, into: &block, order)
        try Layout.normalization.write(normalization, into: &block, order)
        let collisions = Self.collisions(entries)
        for (index, entry) in entries.enumerated() {
            guard case .name(let name) = entry.key, !name.isEmpty, name.count < Layout.nameSize,
                entry.value.integerSize == 8, let word = entry.value.uint64
            else { return nil }
            let start = (index + 1) * Layout.slotSize
            var slot = [UInt8](repeating: 0, count: Layout.slotSize)
            try Layout.Slot.value.write(word, into: &slot, order)
            try Layout.Slot.collision.write(collisions[index], into: &slot, order)
            let place = Layout.Slot.name.range.lowerBound
            slot.replaceSubrange(place..<place + name.count, with: name)
            block.replaceSubrange(start..<start + slot.count, with: slot)
        }
        return block
    }

    /// Numbers that tell entries of the same hash apart.
    static func collisions(_ entries: [Entry]) -> [UInt32] {
        var next: [UInt64: UInt32] = [:]
        return entries.map { entry in
            let number = next[entry.hash, default: 0]
            next[entry.hash] = number + 1
            return number
        }
    }
}
