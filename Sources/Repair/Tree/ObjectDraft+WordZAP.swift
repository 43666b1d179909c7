import Bytes
import Objects
import Vdevs

extension ObjectDraft {
    /// Gives a ZAP whose keys are words these entries and no others.
    mutating func replaceWordEntries(
        _ entries: [(key: [UInt64], value: ZAPValue)]
    ) throws(RepairError) {
        let builder: ZAPBuilder
        if let rebuiltTable {
            builder = rebuiltTable.builder
        } else if let base {
            let zap = try RepairError.object { () throws(ObjectError) in try ZAP(base) }
            guard case .fat(let header) = zap.form else {
                throw .changed("object \(number) has no keys of words")
            }
            builder = ZAPBuilder(
                salt: header.salt, flags: header.flags, normalization: header.normalization,
                order: try order(ofBlock: 0))
        } else {
            throw .changed("object \(number) is no ZAP yet")
        }
        var table = ZAPTable([], builder, isMicro: false)
        let hash = ZAPHash(salt: builder.salt, flags: builder.flags, normalization: 0)
        table.replaceAll(
            by: entries.map { key, value in
                ZAPBuilder.Entry(.words(key), value, hash: hash.hash(words: key))
            })
        try rebuildZAP(table.entries, builder, isMicro: false)
        rebuiltTable = table
    }
}

extension ObjectSetDraft {
    /// A new and empty ZAP whose keys are words; returns its number. `blockShift` is log2 of the size of its blocks.
    mutating func addWordZAP(
        type: ObjectType, flags: ZAPFlags, blockShift: UInt8
    ) throws(RepairError) -> UInt64 {
        let number = try add(
            type: type, blockSize: 1 << Int(blockShift), indirectBlockShift: blockShift,
            bonusType: .none, bonus: [])
        let builder = ZAPBuilder(
            salt: (number &* 0x9e37_79b9_7f4a_7c15) | 1, flags: flags, normalization: 0,
            order: order)
        try edit(number) { object throws(RepairError) in
            try object.rebuildZAP([], builder, isMicro: false)
            object.rebuiltTable = ZAPTable([], builder, isMicro: false)
        }
        return number
    }
}
