import Foundation
import TestSupport
import Testing
import Verify

/// Every invariant of the on-disk format is named by a problem, or said to be out of reach.
@Suite struct InvariantTests {
    /// How many there are of each family, counted from 1.
    private static let families = [
        "LB": 8, "UB": 8, "CF": 7, "MD": 3, "BP": 10, "GA": 1, "DN": 7, "OS": 2, "DD": 7, "DS": 8,
        "DL": 4, "BO": 2, "BT": 1, "LL": 3, "BM": 1, "RD": 1, "SM": 9, "LS": 4, "CK": 2, "OB": 1,
        "IN": 6, "DT": 6, "BR": 5, "ZM": 1, "ZF": 8, "SA": 2, "ZP": 9, "ZV": 1, "UA": 1, "ZI": 5,
        "CR": 5, "RE": 3, "DR": 3, "FE": 2, "HI": 1, "EL": 1, "SC": 1, "TL": 1, "AX": 1,
    ]

    @Test func `each invariant is checked, or the reason why not is written down`() throws {
        let page = try String(
            contentsOfFile: "\(Project.root)/docs/invariants.md", encoding: .utf8)
        let excused = Set(page.matches(of: /(?m)^\| ([A-Z]{2}[0-9]+) \|/).map { String($0.1) })
        let named = Set(ProblemKind.catalogue.flatMap(\.invariants))
        for (family, count) in Self.families {
            for number in 1...count {
                let name = "\(family)\(number)"
                #expect(named.contains(name) || excused.contains(name), "\(name)")
            }
        }
    }
}
