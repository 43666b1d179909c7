import Bytes

extension Record {
    /// The evidence of a number that is not what it should be; nil where that is not known.
    static func comparison(
        _ field: String, expected: UInt64? = nil, found: UInt64
    ) -> Record {
        var record = Record(["field": .text(field)])
        record.add("expected", expected.map { .number($0) })
        record.add("found", .number(found))
        return record
    }
}
