import Foundation
import TestSupport
import Testing
import Verify

/// The table of damage on which OpenZFS fails names codes that there are, and tests that make them.
@Suite struct UpstreamTableTests {
    private struct Row: CustomStringConvertible {
        let description: String
        let codes: [String]
        let tests: String
    }

    private static func rows() throws -> [Row] {
        let page = try String(
            contentsOfFile: "\(Project.root)/docs/upstream-failures.md", encoding: .utf8)
        return page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
            let cells = line.split(separator: "|").map { $0.trimming(while: { $0 == " " }) }
            return Row(
                description: String(cells[0]),
                codes: cells[1].matches(of: /`([a-z0-9.-]+)`/).map { String($0.1) },
                tests: String(cells[2]))
        }
    }

    @Test func `every code of the table is in the catalogue`() throws {
        let rows = try Self.rows()
        #expect(rows.count > 30)
        for row in rows {
            #expect(!row.codes.isEmpty, "\(row)")
            for code in row.codes { #expect(ProblemKind.named(code) != nil, "\(row): \(code)") }
        }
    }

    @Test func `every test of the table is there, and they make all codes of its row`() throws {
        let cases = Dictionary(
            DamageTests.cases.map { ($0.description, $0.kinds) }, uniquingKeysWith: { $0.union($1) }
        )
        for row in try Self.rows() {
            var made: Set<String> = []
            for match in row.tests.matches(of: /"([^"]+)"/) {
                let name = String(match.1)
                #expect(cases[name] != nil, "\(row): \(name)")
                made.formUnion((cases[name] ?? []).map(\.code))
            }
            for match in row.tests.replacing(/"[^"]*"/, with: "").matches(of: /[a-z0-9-]{3,}/) {
                let name = String(match.0)
                #expect(VerifyCaseTests.cases.contains(name), "\(row): \(name)")
                made.formUnion(try VerifyCaseTests.expectedCodes(of: name))
            }
            #expect(Set(row.codes).subtracting(made) == [], "\(row)")
        }
    }
}

extension Substring {
    fileprivate func trimming(while isDropped: (Character) -> Bool) -> Substring {
        var rest = drop(while: isDropped)
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return rest
    }
}
