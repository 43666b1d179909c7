package import Bytes

/// A ZAP of one block: names of up to 49 bytes, each with one 64-bit word.
///
/// Its block is as large as it needs to be, up to 128 KiB, or 1 MiB with the feature large_microzap.
/// Mirrors `mzap_phys_t` (`include/sys/zap_impl.h`).
package struct MicroZAP: Sendable {
    package let salt: UInt64
    /// `U8_TEXTPREP_*` flags.
    package let normalization: UInt64
    let block: [UInt8]
    let order: ByteOrder

    package init(_ block: [UInt8], _ order: ByteOrder) throws(FormatError) {
        let bytes = block.rawBytes
        let type = try Layout.type.read(bytes, order)
        guard type == Layout.blockType else {
            throw FormatError(Layout.type.name, .badMagic(type))
        }
        salt = try Layout.salt.read(bytes, order)
        normalization = try Layout.normalization.read(bytes, order)
        guard block.count >= Layout.slotSize else {
            throw FormatError(
                "mzap_phys_t",
                .outOfBounds(
                    OutOfBounds(offset: 0, count: Layout.slotSize, available: block.count)))
        }
        self.block = block
        self.order = order
    }

    /// The slots, used or not; the header stands in the place of slot 0.
    package var slots: Range<Int> { 1..<max(1, block.count / Layout.slotSize) }

    var hash: ZAPHash { ZAPHash(salt: salt, flags: [], normalization: normalization) }

    /// The entry in a slot, nil where it is free; `terminated` says whether its name ends in the slot.
    func entry(_ slot: Int, _ hash: ZAPHash) -> (entry: ZAPEntry, terminated: Bool)? {
        guard slots.contains(slot) else { return nil }
        let start = slot * Layout.slotSize
        let name = block[start + Layout.Slot.name.range.lowerBound..<start + Layout.slotSize]
        guard name.first != 0 else { return nil }
        let value: UInt64
        let collision: UInt32
        do {
            value = try block.rawBytes.integer(at: start + Layout.Slot.value.offset, order)
            collision = try block.rawBytes.integer(at: start + Layout.Slot.collision.offset, order)
        } catch {
            return nil
        }
        let end = name.firstIndex(of: 0)
        let key = [UInt8](name[..<(end ?? name.endIndex)])
        let entry = ZAPEntry(
            key: .name(key), value: ZAPValue(word: value), hash: hash.hash(name: key) ?? 0,
            collision: collision, block: 0, chunk: slot)
        return (entry, end != nil)
    }

    /// The entry in a slot, nil where it is free.
    package func entry(_ slot: Int) -> ZAPEntry? { entry(slot, hash)?.entry }

    func forEachEntry<Failure: Error>(
        mayNormalize: Bool, _ problems: inout ZAPProblems,
        _ body: (ZAPEntry) throws(Failure) -> Void
    ) throws(Failure) {
        let hash = hash
        var checker = MicroZAPChecker()
        let found = checker.check(block.rawBytes, order, mayNormalize: mayNormalize)
        for problem in found { problems.add(problem) }
        for slot in slots {
            guard let (entry, _) = entry(slot, hash) else { continue }
            try body(entry)
        }
    }
}
