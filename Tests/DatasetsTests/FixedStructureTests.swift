import Bytes
import Datasets
import TestSupport
import Testing

/// What every structure of fixed fields must stand, whatever its bytes.
@Suite struct FixedStructureTests {
    /// A structure without its type, so that one test runs over all.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let byteCount: Int
        let fields: [AnyField]
        let decode: @Sendable ([UInt8], ByteOrder) throws -> Record
        /// Decodes `bytes` and encodes the result into a buffer of zeros.
        let roundTrip: @Sendable ([UInt8], ByteOrder) throws -> [UInt8]

        init<Structure: FixedStructure>(_ type: Structure.Type) {
            name = "\(type)"
            byteCount = type.byteCount
            fields = type.fields
            decode = { bytes, order in try Structure(bytes.rawBytes, order).record }
            roundTrip = { bytes, order in
                var output = [UInt8](repeating: 0, count: Structure.byteCount)
                try Structure(bytes.rawBytes, order).encode(into: &output, order)
                return output
            }
        }

        var testDescription: String { name }

        /// A structure with another byte at each place.
        var example: [UInt8] { (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) } }
        /// Where the last field ends.
        var end: Int { fields.map(\.range.upperBound).max() ?? 0 }
    }

    static let cases = [
        Case(DSLDirectory.self), Case(DSLDataset.self), Case(DeadlistHeader.self),
        Case(Bookmark.self), Case(RedactedRange.self), Case(HistoryHeader.self),
        Case(ScanState.self), Case(ErrorScrubState.self), Case(RemovalState.self),
        Case(CondensingState.self), Case(DedupLogHeader.self), Case(BlockReferencesHeader.self),
    ]

    @Test(arguments: cases)
    func `both byte orders give the same record`(_ item: Case) throws {
        var swapped = item.example
        for field in item.fields {
            for word in stride(from: field.range.lowerBound, to: field.range.upperBound, by: 8) {
                swapped.replaceSubrange(
                    word..<word + 8, with: item.example[word..<word + 8].reversed())
            }
        }
        #expect(try item.decode(item.example, .little) == item.decode(swapped, .big))
    }

    @Test(arguments: cases)
    func `every truncation throws`(_ item: Case) {
        for count in 0..<item.end {
            #expect(throws: FormatError.self, "\(count) bytes") {
                try item.decode(Array(item.example.prefix(count)), .little)
            }
        }
    }

    @Test(arguments: cases, Fuzz.allCases)
    func `no field crashes the decoder`(_ item: Case, _ verb: Fuzz) throws {
        for order in ByteOrder.allCases {
            try verb.forEachSpoiled(item.fields, of: item.example, order) { spoiled in
                _ = try item.decode(spoiled, order)
            }
        }
    }

    @Test(arguments: cases, ByteOrder.allCases)
    func `encoding gives back the bytes of every field`(_ item: Case, _ order: ByteOrder) throws {
        let output = try item.roundTrip(item.example, order)
        for field in item.fields {
            #expect(Array(output[field.range]) == Array(item.example[field.range]), "\(field)")
        }
    }

    @Test(arguments: cases)
    func `fields do not overlap and stay inside the structure`(_ item: Case) {
        var end = 0
        for field in item.fields {
            #expect(field.range.lowerBound >= end, "\(field)")
            end = field.range.upperBound
        }
        #expect(end <= item.byteCount)
    }
}
