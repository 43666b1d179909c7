import Testing
import Verify

/// No kind of problem is without a test that makes one.
@Suite struct TestedKindTests {
    /// Kinds that no damage to a pool's devices stands for, made by suites of their own.
    private static let direct = LabelProblemTests.kinds.union(NoteProblemTests.kinds)
        .union(CacheFileDamage.all.flatMap { $0.found.map(\.kind) })
        .union(CacheFileVerifierTests.states)
        .union([.cacheFilePath, .copyUnreadable, .labelDetached])

    @Test func `every kind of problem is found by a test that makes it`() {
        let made = DamageTests.cases.reduce(into: Set<ProblemKind>()) { $0.formUnion($1.kinds) }
        let untested = Set(ProblemKind.catalogue).subtracting(made).subtracting(Self.direct)
        #expect(untested.map(\.code) == [])
    }

    @Test func `what the cases make is in the list of what can be reported`() {
        let made = DamageTests.cases.reduce(into: Set<ProblemKind>()) { $0.formUnion($1.kinds) }
        #expect(made.subtracting(ProblemKind.catalogue) == [])
    }
}
