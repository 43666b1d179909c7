import Bytes
import Objects

extension ObjectDraft {
    /// Sets a word of an attribute of a file, in the bonus or in the spill block.
    mutating func setAttribute(
        _ name: AttributeName, _ value: UInt64, word: Int = 0, _ tables: SystemAttributes
    ) throws(RepairError) {
        let place = try place(of: name, tables)
        guard place.range.count >= (word + 1) * 8 else {
            throw .changed("\(name.registeredName) of object \(number) has no word \(word)")
        }
        let field = Field<UInt64>(name.registeredName, at: place.range.lowerBound + word * 8)
        try edit(place) { bytes throws(FormatError) in
            try field.write(value, into: &bytes, place.order)
        }
    }

    /// Gives an attribute other bytes, as many as it has.
    mutating func setAttribute(
        _ name: AttributeName, bytes new: [UInt8], _ tables: SystemAttributes
    ) throws(RepairError) {
        let place = try place(of: name, tables)
        guard place.range.count == new.count else {
            throw .changed(
                "\(name.registeredName) of object \(number) has \(place.range.count) bytes")
        }
        try edit(place) { bytes throws(FormatError) in
            bytes.replaceSubrange(place.range, with: new)
        }
    }

    private func place(
        of name: AttributeName, _ tables: SystemAttributes
    ) throws(RepairError) -> AttributeValues.Place {
        let head = try head()
        let values = try RepairError.object { () throws(ObjectError) in
            try tables.values(of: head)
        }
        guard let place = values.place(name) else {
            throw .unsupported("object \(number) has no \(name.registeredName)")
        }
        return place
    }

    private mutating func edit(
        _ place: AttributeValues.Place, _ change: (inout [UInt8]) throws(FormatError) -> Void
    ) throws(RepairError) {
        guard place.isSpilled else { return try editBonus(change) }
        guard var bytes = try spill()?.bytes else {
            throw .changed("object \(number) has no spill block")
        }
        do {
            try change(&bytes)
        } catch {
            throw .format(object: number, error)
        }
        setSpill(bytes)
    }
}
