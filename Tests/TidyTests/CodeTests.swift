import Foundation
import TestSupport
import Testing

/// The codes of findings, on which scripts rely.
@Suite struct CodeTests {
    /// The families that the command line promises.
    static let families: Set<Substring> = [
        "label", "uberblock", "config", "nvlist", "cachefile", "vdev", "blkptr", "block", "gang",
        "dnode", "object", "zap", "spacemap", "metaslab", "logspacemap", "checkpoint", "indirect",
        "dsl", "deadlist", "livelist", "bpobj", "bookmark", "ddt", "brt", "sa", "zpl", "zil",
        "crypt",
        "raidz", "draid", "feature", "accounting", "history", "errlog", "scan",
    ]

    @Test func `each code of a note is a family and a kind, and stands once`() throws {
        let file = try #require(
            SourceFile.all(below: "Sources").first {
                $0.path.hasSuffix("Datasets/Pool/PoolNote+Code.swift")
            })
        let codes = file.code.compactMap { line -> Substring? in
            guard let start = line.range(of: "Self(\"") else { return nil }
            return line[start.upperBound...].prefix { $0 != "\"" }
        }
        #expect(codes.count > 40)
        #expect(Set(codes).count == codes.count)
        for code in codes {
            let parts = code.split(separator: ".")
            #expect(parts.count == 2 && Self.families.contains(parts[0]), "\(code)")
            #expect(code.allSatisfy { $0.isLowercase || $0 == "-" || $0 == "." }, "\(code)")
        }
    }
}
