import Bytes
import TestSupport

/// One field of one structure and what is done to it.
struct FieldMutation: Sendable, CustomStringConvertible {
    /// The packed pool that holds it.
    let pool: String
    let spot: FieldSpot
    let field: AnyField
    let verb: Fuzz

    /// ZFS's own name, as the log has it.
    var name: String { "\(spot.structure).\(field.name)" }
    /// What it has in common with the same damage to other structures of the kind, of which a sweep makes some.
    var pair: String { "\(name): \(verb.rawValue)" }
    var description: String { "\(pool): \(name) of \(spot.owner): \(verb.rawValue)" }

    /// All that can be done to the structures of a pool.
    static func all(of pool: String, _ spots: [FieldSpot]) -> [FieldMutation] {
        spots.flatMap { spot in
            spot.fields.flatMap { field in
                Fuzz.allCases.map {
                    FieldMutation(pool: pool, spot: spot, field: field, verb: $0)
                }
            }
        }
    }

    /// Does it to the bytes of the spot's place; false where that changes nothing or lies outside.
    func apply(to bytes: inout [UInt8], seed: UInt64) -> Bool {
        let range =
            spot.start + field.range.lowerBound..<spot.start + field.range.upperBound
        guard range.upperBound <= bytes.count else { return false }
        let old = Array(bytes[range])
        let new = verb.apply(to: old, spot.order, seed: seed)
        bytes.replaceSubrange(range, with: new)
        return old != new
    }
}
