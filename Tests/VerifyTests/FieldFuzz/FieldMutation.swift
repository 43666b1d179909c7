import Bytes
import TestSupport

/// One field of one structure and what is done to it.
struct FieldMutation: Sendable, CustomStringConvertible {
    let spot: FieldSpot
    let field: AnyField
    let verb: Fuzz

    /// ZFS's own name, as the log has it.
    var name: String { "\(spot.structure).\(field.name)" }
    var description: String { "\(name) of \(spot.owner): \(verb.rawValue)" }

    /// Does it to the bytes of the spot's place; false where that changes nothing or lies outside.
    func apply(to bytes: inout [UInt8]) -> Bool {
        let range =
            spot.start + field.range.lowerBound..<spot.start + field.range.upperBound
        guard range.upperBound <= bytes.count else { return false }
        let old = Array(bytes[range])
        let new = verb.apply(to: old, spot.order)
        bytes.replaceSubrange(range, with: new)
        return old != new
    }
}
