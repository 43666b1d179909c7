import Foundation

/// Which bytes of a copied file could not be read; they are zeros in the copy.
package struct DamageMap: Sendable, Hashable, Codable {
    /// More ranges are joined into the last one, so that a map can't grow without bound.
    static let rangeLimit = 100_000

    /// A run of bytes with one cause.
    package struct Range: Sendable, Hashable, Codable {
        package let offset: UInt64
        package internal(set) var length: UInt64
        package let cause: String
    }

    package private(set) var ranges: [Range] = []

    package var isEmpty: Bool { ranges.isEmpty }
    package var byteCount: UInt64 { ranges.reduce(0) { $0 &+ $1.length } }

    /// The first cause, and how many more there are.
    var sentence: String {
        guard let first = ranges.first else { return "" }
        let more = ranges.count > 1 ? ", and \(ranges.count - 1) more places" : ""
        return "\(first.length) bytes at \(first.offset): \(first.cause)\(more)"
    }

    /// Adds bytes that begin where the last range ends or later.
    mutating func add(_ offset: UInt64, _ length: UInt64, _ cause: String) {
        guard length > 0 else { return }
        if let last = ranges.indices.last {
            let joins = ranges[last].offset &+ ranges[last].length == offset
            if ranges.count >= Self.rangeLimit || (joins && ranges[last].cause == cause) {
                ranges[last].length = offset &+ length &- ranges[last].offset
                return
            }
        }
        ranges.append(Range(offset: offset, length: length, cause: cause))
    }

    /// The document that is written beside the file.
    func document(_ entry: ManifestEntry) throws -> [UInt8] {
        struct Document: Encodable {
            let dataset: String
            let path: String
            let object: UInt64
            let size: UInt64
            let damagedBytes: UInt64
            let ranges: [Range]

            enum CodingKeys: String, CodingKey {
                case dataset, path, object, size, ranges
                case damagedBytes = "damaged_bytes"
            }
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            dataset: entry.dataset, path: entry.path, object: entry.object, size: entry.size,
            damagedBytes: byteCount, ranges: ranges)
        return [UInt8](try encoder.encode(document)) + [0x0a]
    }
}
