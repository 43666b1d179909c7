import Bytes
import Datasets
import Objects
import TestSupport
import Vdevs

extension HandMade {
    /// Objects of the MOS, by their numbers.
    func metaObjects(_ dnodes: [Int: [UInt8]]) throws -> MetaObjects {
        MetaObjects(try objectSet(dnodes), notes: PoolNotes())
    }

    /// The dnode of an object with a bonus.
    func dnode(
        _ contents: [[UInt8]?], type: ObjectType = .plainFile, bonus: [UInt8] = []
    ) -> [UInt8] {
        dnode(shape(contents, type: type, bonusType: .init(rawValue: 0xc3), bonus: bonus))
    }

    /// The words one after another in this order.
    func bytes(_ words: [UInt64], count: Int? = nil) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count ?? words.count * 8)
        for (index, word) in words.enumerated() { put(word, at: index * 8, into: &bytes) }
        return bytes
    }
}

extension HandMadeZAP {
    /// The dnode of a micro ZAP.
    func dnode(_ entries: [(String, UInt64)], bonus: [UInt8] = []) -> [UInt8] {
        made.dnode([micro(entries)], type: .directory, bonus: bonus)
    }

    /// The dnode of a fat ZAP.
    func dnode(_ entries: [Entry]) -> [UInt8] { made.dnode(fat(entries), type: .directory) }
}
