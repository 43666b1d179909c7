import Testing
import Verify

/// No kind of problem is without a test that makes one.
@Suite struct TestedKindTests {
    /// Kinds that no test makes, each with the reason.
    private static let exceptions: [ProblemKind: String] = [
        .objectDamaged: "stands for what no check names; none of the others leaves anything to it",
        .labelUnreadable: "a file has no sectors that can't be read; LabelProblemTests",
    ]

    @Test func `every kind of problem is found by a test that makes it`() {
        let made = DamageTests.cases.reduce(into: Set<ProblemKind>()) { $0.formUnion($1.kinds) }
            .union(CacheFileDamage.all.flatMap { $0.found.map(\.kind) })
            .union(CacheFileVerifierTests.states).union([.cacheFilePath])
        let untested = Set(ProblemKind.catalogue).subtracting(made)
        #expect(Set(untested.map(\.code)) == Set(Self.exceptions.keys.map(\.code)))
    }

    @Test func `what the cases make is in the list of what can be reported`() {
        let made = DamageTests.cases.reduce(into: Set<ProblemKind>()) { $0.formUnion($1.kinds) }
        #expect(made.subtracting(ProblemKind.catalogue) == [])
    }
}
