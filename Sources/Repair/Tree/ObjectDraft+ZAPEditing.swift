import Bytes
import Objects
package import Vdevs

extension ObjectDraft {
    /// Changes the entries of a ZAP of whatever kind, which is then written anew as a whole.
    ///
    /// Throws `unsupported` where damage may hide entries, since these would be lost; with `salvaging` they are given up.
    package mutating func editZAP(
        salvaging: Bool = false, _ change: (inout ZAPContents) throws(RepairError) -> Void
    ) throws(RepairError) {
        var contents = try ZAPContents(self)
        guard salvaging || !contents.isIncomplete else {
            throw .unsupported("the ZAP of object \(number) is damaged itself; cure that first")
        }
        try change(&contents)
        try contents.write(into: &self)
    }

    /// Gives an entry of a ZAP one word as its value, nil takes it out; entries that damage hides are given up.
    package mutating func salvageZAP(
        setting name: String, to word: UInt64?
    ) throws(RepairError) {
        try editZAP(salvaging: true) { map throws(RepairError) in
            if let word {
                try map.set(name, ZAPValue(word: word))
            } else {
                map.remove(name)
            }
        }
    }

    /// Gives a ZAP whose keys are words these entries and no others, whether those that it has can be read or not.
    mutating func replaceWordEntries(
        _ entries: [(key: [UInt64], value: ZAPValue)]
    ) throws(RepairError) {
        let (object, order) = (try contents(), try order(ofBlock: 0))
        let zap = try RepairError.object { () throws(ObjectError) in try ZAP(object) }
        guard case .fat(let header) = zap.form else {
            throw .changed("object \(number) has no keys of words")
        }
        let builder = ZAPBuilder(
            salt: header.salt, flags: header.flags, normalization: header.normalization,
            order: order)
        var contents = ZAPContents(emptying: number, builder, isMicro: false)
        for (key, value) in entries { try contents.set(.words(key), value) }
        try contents.write(into: &self)
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
        let builder = ZAPBuilder(
            salt: ZAPContents.newSalt(number), flags: [], normalization: 0, order: order)
        try edit(number) { object throws(RepairError) in
            var contents = ZAPContents(emptying: number, builder, isMicro: true)
            for entry in entries { try contents.set(entry.name, ZAPValue(word: entry.word)) }
            try contents.write(into: &object)
        }
        return number
    }

    /// A new and empty ZAP whose keys are words; returns its number. `blockShift` is log2 of the size of its blocks.
    mutating func addWordZAP(
        type: ObjectType, flags: ZAPFlags, blockShift: UInt8
    ) throws(RepairError) -> UInt64 {
        let number = try add(
            type: type, blockSize: 1 << Int(blockShift), indirectBlockShift: blockShift,
            bonusType: .none, bonus: [])
        let builder = ZAPBuilder(
            salt: ZAPContents.newSalt(number), flags: flags, normalization: 0, order: order)
        try edit(number) { object throws(RepairError) in
            try ZAPContents(emptying: number, builder, isMicro: false).write(into: &object)
        }
        return number
    }
}
