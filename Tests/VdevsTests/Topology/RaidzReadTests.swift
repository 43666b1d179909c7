import Testing

@testable import Vdevs

@Suite struct RaidzReadTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let width: Int
        let parity: UInt64
        let sectors: Int
        var expansions: [UInt64] = []

        var testDescription: String {
            "\(sectors) sectors on \(width) with \(parity), \(expansions)"
        }
        func block() throws -> StripedBlock {
            try StripedBlock(
                .raidz, width: width, parity: parity, sectors: sectors, expansions: expansions)
        }
    }

    private static let shapes = [
        Shape(width: 2, parity: 1, sectors: 3), Shape(width: 4, parity: 1, sectors: 1),
        Shape(width: 4, parity: 1, sectors: 8), Shape(width: 5, parity: 2, sectors: 7),
        Shape(width: 8, parity: 3, sectors: 11),
        Shape(width: 5, parity: 1, sectors: 7, expansions: [9]),
        Shape(width: 6, parity: 2, sectors: 9, expansions: [5, 9]),
    ]

    @Test("a healthy block is read as it was written", arguments: shapes)
    func healthy(shape: Shape) throws {
        let block = try shape.block()
        let outcome = try block.read()
        #expect(outcome.bytes == block.bytes)
        #expect(outcome.incidents.isEmpty)
    }

    @Test("any devices up to the parity may be missing", arguments: shapes)
    func missing(shape: Shape) throws {
        let block = try shape.block()
        for set in 1..<(1 << shape.width) where set.nonzeroBitCount <= Int(shape.parity) {
            let missing = Set((0..<shape.width).filter { set & (1 << $0) != 0 })
            #expect(try block.read(missing: missing).bytes == block.bytes)
        }
        let tooMany = Set(0..<Int(shape.parity) + 1)
        if shape.sectors > shape.width {
            #expect(throws: VdevError.self) { try block.read(missing: tooMany) }
        }
    }

    @Test("columns that are silently wrong are found and named", arguments: shapes)
    func silent(shape: Shape) throws {
        for row in try shape.block().map.rows.indices {
            for column in Int(shape.parity)..<(try shape.block().map.rows[row].columns.count) {
                var block = try shape.block()
                let place = block.map.rows[row].columns[column]
                guard place.byteCount > 0 else { continue }
                block.spoil(row: row, column: column)
                let outcome = try block.read()
                #expect(outcome.bytes == block.bytes)
                #expect(outcome.incidents.contains { $0.location.device == "child \(place.child)" })
                #expect(outcome.incidents.allSatisfy { $0.cause == .wrong })
            }
        }
    }

    @Test func `missing and lying devices together are covered up to the parity`() throws {
        var block = try StripedBlock(.raidz, width: 7, parity: 3, sectors: 13)
        block.spoil(row: 0, column: 4)
        block.spoil(row: 0, column: 1)
        #expect(try block.read(missing: [block.map.rows[0].columns[5].child]).bytes == block.bytes)
    }

    @Test func `different devices may be wrong at different heights`() throws {
        var block = try StripedBlock(.raidz, width: 4, parity: 1, sectors: 9)
        block.spoil(row: 0, column: 1, sector: 0)
        block.spoil(row: 0, column: 2, sector: 1)
        block.spoil(row: 0, column: 3, sector: 2)
        let outcome = try block.read()
        #expect(outcome.bytes == block.bytes)
        #expect(outcome.incidents.count == 3)
    }

    @Test func `two wrong devices at one height are too many for one parity`() throws {
        var block = try StripedBlock(.raidz, width: 4, parity: 1, sectors: 9)
        block.spoil(row: 0, column: 1, sector: 1)
        block.spoil(row: 0, column: 2, sector: 1)
        do {
            _ = try block.read()
            Issue.record("a block was made up")
        } catch {
            guard case .unrecoverable(0, 3584, let causes) = error else {
                Issue.record("another error: \(error)")
                return
            }
            #expect(causes.count == 1)
        }
    }
}
