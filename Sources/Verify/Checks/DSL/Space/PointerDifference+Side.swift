package import Blocks
package import Vdevs

/// Which of two pointers to one block is the right one.
extension PointerDifference {
    package enum Side: Sendable {
        case older, newer
    }

    /// The one that leads to contents with the right checksum where the other does not, as a whole or in a copy in which they
    /// differ; or the one whose reserved words and fill are what they must be. Nil where nothing tells.
    package func rightSide(_ reader: BlockReader) -> Side? {
        let whole = Self.pick(older: Self.isGood(older, reader), newer: Self.isGood(newer, reader))
        guard whole == nil, Self.isGood(newer, reader) else { return whole }
        var sides = copySides(reader)
        // `blk_pad` holds nothing.
        sides.append(Self.pick(older: older.words[8] == 0, newer: newer.words[8] == 0))
        if older.level == 0, !older.isEmbedded, older.type != .dnode {
            sides.append(Self.pick(older: older.fill == 1, newer: newer.fill == 1))
        }
        let found = Set(sides.compactMap(\.self))
        return found.count == 1 ? found.first : nil
    }

    private func copySides(_ reader: BlockReader) -> [Side?] {
        guard !older.isEmbedded else { return [] }
        return (0..<older.copyLimit).filter { older.dva($0) != newer.dva($0) }.map { copy in
            // A copy that one of them lacks says nothing for it, and against the other only where it is none.
            let isOlderGood = !older.hasCopy(copy) || older.leads(to: older.dva(copy), reader)
            let isNewerGood = !newer.hasCopy(copy) || newer.leads(to: newer.dva(copy), reader)
            return Self.pick(older: isOlderGood, newer: isNewerGood)
        }
    }

    private static func pick(older: Bool, newer: Bool) -> Side? {
        older == newer ? nil : older ? .older : .newer
    }

    private static func isGood(_ pointer: BlockPointer, _ reader: BlockReader) -> Bool {
        (try? reader.read(pointer)) != nil
    }
}

extension BlockPointer {
    /// Whether the block's contents stand at an address, by its checksum alone.
    package func leads(to address: DVA, _ reader: BlockReader) -> Bool {
        (try? reader.read(alone(at: address))) != nil
    }
}
