import Bytes

/// Turns the words of one block after the other into entries, carrying the txg from debug entries along.
struct SpaceMapDecoder {
    private var txg: UInt64 = 0
    private var syncPass: UInt16 = 0

    /// Appends the entries of a block's first `count` bytes, which lie at `position` of the object.
    ///
    /// Returns the position of a first word whose second is missing, if there is one.
    mutating func decode(
        _ block: [UInt8], count: Int, at position: UInt64, _ order: ByteOrder,
        into entries: inout [SpaceMapEntry]
    ) -> UInt64? {
        let bytes = block.rawBytes
        let end = min(count, bytes.byteCount) & ~7
        var place = 0
        while place < end {
            let word = load(bytes, place, order)
            if word >> 63 == 0 {
                entries.append(
                    SpaceMapEntry(
                        word & 1 << 15 == 0 ? .allocation : .free,
                        offset: word >> 16 & (1 << 47 - 1), run: word & 0x7fff + 1,
                        txg: txg, syncPass: syncPass, position: position &+ UInt64(place)))
                place += 8
            } else if word >> 62 == SpaceMapWord.debugPrefix {
                noteDebug(word)
                place += 8
            } else {
                guard place + 16 <= end else { return position &+ UInt64(place) }
                let second = load(bytes, place + 8, order)
                entries.append(
                    SpaceMapEntry(
                        second >> 63 == 0 ? .allocation : .free,
                        offset: SpaceMapWord.Double.offset.read(second),
                        run: SpaceMapWord.Double.run.read(word) + 1,
                        vdev: UInt32(truncatingIfNeeded: SpaceMapWord.Double.vdev.read(word)),
                        wordCount: 2, txg: txg, syncPass: syncPass,
                        position: position &+ UInt64(place)))
                place += 16
            }
        }
        return nil
    }

    /// A debug entry without a txg only fills up a block.
    private mutating func noteDebug(_ word: UInt64) {
        let txg = SpaceMapWord.Debug.txg.read(word)
        guard txg != 0 else { return }
        self.txg = txg
        syncPass = UInt16(truncatingIfNeeded: SpaceMapWord.Debug.syncPass.read(word))
    }

    private func load(_ bytes: RawSpan, _ place: Int, _ order: ByteOrder) -> UInt64 {
        do {
            return try bytes.integer(at: place, order)
        } catch {
            preconditionFailure("a word outside its block: \(error)")
        }
    }
}
