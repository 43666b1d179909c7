import Repair
import Testing
import Verify

/// Every cure that `explain` names for a kind of problem is one that cures it: a case of damage proves it, or it stands here
/// with the reason.
@Suite struct CureCoverageTests {
    /// Cures whose kinds are proven by tests of their own.
    private static let elsewhere: Set<String> = [
        "spacemaps", "redundancy", "uberblock", "cachefile", "features",
    ]

    /// A kind that only a device alone shows, which is cured in a suite of its own.
    private static let alone: Set<ProblemKind> = [.labelDetached]

    /// Kinds that no case proves to be cured, with what stands in the way.
    private static let reasons = [
        "indirect.gap": "a block is given up, but where the mapping led to stands nowhere else"
    ]

    private static let proven: Set<ProblemKind> = Set(
        (DamageCureTests.curable + CuredDamageTests.all).flatMap(\.kinds)
    ).union(alone)

    @Test func `every cure that a problem names is in the catalogue`() {
        let named = Set(ProblemKind.catalogue.compactMap(\.cure))
        #expect(named.subtracting(CureCatalogue.names) == [])
    }

    @Test func `every kind with a cure is cured in a test or says why not`() {
        let open = ProblemKind.catalogue.filter { kind in
            guard let cure = kind.cure, kind.severity.isDamage else { return false }
            return Self.reasons[kind.code] != nil
                || !Self.elsewhere.contains(cure) && !Self.proven.contains(kind)
        }
        #expect(Set(open.map(\.code)) == Set(Self.reasons.keys))
    }
}
