import Foundation
import TestSupport
import Testing
import Verify

/// The catalogue of problems is a promise: codes stay, and each one is explained.
@Suite struct CatalogueTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(Project.root)/\(path)", encoding: .utf8)
    }

    @Test func `no code was renamed or dropped, and none is missing from the list`() throws {
        let issued = try text("Tests/VerifyTests/problem-codes.txt").split(separator: "\n")
            .map(String.init)
        #expect(ProblemKind.catalogue.map(\.code) == issued)
    }

    @Test func `codes are sorted, unique, and of a family that the command line's contract names`()
    {
        let codes = ProblemKind.catalogue.map(\.code)
        #expect(codes == codes.sorted())
        #expect(Set(codes).count == codes.count)
        let families = """
            label uberblock config nvlist cachefile vdev blkptr block gang dnode object zap spacemap metaslab \
            logspacemap checkpoint indirect dsl deadlist livelist bpobj bookmark ddt brt sa zpl zil crypt raidz \
            draid redundancy feature accounting history errlog scan
            """.split(separator: " ").map(String.init)
        for kind in ProblemKind.catalogue {
            #expect(families.contains(kind.family), "\(kind.code)")
        }
    }

    @Test func `each problem is explained in sentences, and names its invariants`() {
        for kind in ProblemKind.catalogue {
            #expect(!kind.title.hasSuffix("."), "\(kind.code)")
            #expect(kind.explanation.hasSuffix("."), "\(kind.code)")
            #expect(!kind.invariants.isEmpty, "\(kind.code)")
        }
    }

    @Test func `the manual has every problem with its title`() throws {
        let page = try text("man/zinspect-problems.7").replacing("\\-", with: "-")
        for kind in ProblemKind.catalogue {
            #expect(
                page.contains(
                    ".BR \(kind.code) \" (\(kind.severity.rawValue))\"\n\(kind.title).\n"),
                "\(kind.code): run Scripts/problem-manual")
        }
    }
}
