import Bytes
import Objects
package import Vdevs

extension ObjectDraft {
    /// Changes the entries of a ZAP, which is then written anew as a whole.
    ///
    /// Throws `unsupported` where damage may hide entries, since these would be lost.
    package mutating func editZAP(
        _ change: (inout ZAPTable) throws(RepairError) -> Void
    ) throws(RepairError) {
        var table = try zapTable()
        try change(&table)
        try rebuildZAP(table.entries, table.builder, isMicro: table.isMicro)
        rebuiltTable = try isMicroZAP ? nil : table
    }

    /// The entries as they are going to be.
    package func zapTable() throws(RepairError) -> ZAPTable {
        if let rebuiltTable { return rebuiltTable }
        let first = try block(0)
        let order = try order(ofBlock: 0)
        if try isMicroZAP {
            let number = number
            let micro = try RepairError.format(of: number) { () throws(FormatError) in
                try MicroZAP(first, order)
            }
            let builder = ZAPBuilder(
                salt: micro.salt, flags: [], normalization: micro.normalization, order: order)
            return ZAPTable(
                micro.slots.compactMap { micro.entry($0).map { ZAPBuilder.Entry($0) } }, builder,
                isMicro: true)
        }
        guard let base else { throw .unsupported("object \(number) holds no ZAP") }
        let zap = try RepairError.object { () throws(ObjectError) in try ZAP(base) }
        let (entries, problems) = zap.contents()
        guard case .fat(let header) = zap.form, !problems.contains(where: \.mayHideEntries) else {
            throw .unsupported("the ZAP of object \(number) is damaged itself; cure that first")
        }
        let builder = ZAPBuilder(
            salt: header.salt, flags: header.flags, normalization: header.normalization,
            order: order)
        var table = ZAPTable(
            entries.map { ZAPBuilder.Entry($0) }, builder, isMicro: false)
        for (name, word) in changedWords.sorted(by: { $0.key < $1.key }) {
            try table.set(name, word)
        }
        return table
    }
}

extension ObjectSetDraft {
    /// A new ZAP of one block with these names and words; returns its number.
    package mutating func addZAP(
        type: ObjectType, bonusType: ObjectType = .none, bonus: [UInt8] = [],
        _ entries: [(name: String, word: UInt64)] = []
    ) throws(RepairError) -> UInt64 {
        let number = try add(
            type: type, blockSize: 512, indirectBlockShift: 17, bonusType: bonusType, bonus: bonus)
        // Any salt will do that is not 0 and not every ZAP's.
        let salt = (number &* 0x9e37_79b9_7f4a_7c15) | 1
        let builder = ZAPBuilder(salt: salt, flags: [], normalization: 0, order: order)
        try edit(number) { object throws(RepairError) in
            try object.rebuildZAP([], builder, isMicro: true)
            guard !entries.isEmpty else { return }
            try object.editZAP { table throws(RepairError) in
                for entry in entries { try table.set(entry.name, entry.word) }
            }
        }
        return number
    }
}
