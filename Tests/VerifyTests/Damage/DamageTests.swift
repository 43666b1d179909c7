import TestSupport
import Testing
import Verify

/// Damage whose every checksum is right: it is found where it was made, nothing else is, and it takes no time.
@Suite struct DamageTests {
    static let cases =
        DamageCase.spaceMaps + DamageCase.metaslabs + DamageCase.logs + DamageCase.pointers
        + DamageCase.circles + DamageCase.sideMaps + DamageCase.gangs + DamageCase.mappings
        + verifyCases
    private static let verifyCases =
        DamageCase.labels
        + DamageCase.configuration
        + DamageCase.blockTrees
        + DamageCase.zaps
        + DamageCase.datasets
        + DamageCase.sharing
        + DamageCase.files
        + DamageCase.intentLogs
        + DamageCase.redundancy
        + DamageCase.sides
        + DamageCase.obsolete
        + DamageCase.runningRemovals
        + DamageCase.waiting
        + DamageCase.aside
        + DamageCase.upstream
        + DamageCase.fields
        + DamageCase.values

    @Test("exactly what was damaged is found", arguments: cases)
    func found(damage: DamageCase) throws {
        let pool = try EditedPool(damage.pool)
        let expected = Set(try damage.damage(pool))
        let (told, leftOut) = try run(damage, pool)
        let problems = told.flatMap { [$0] + $0.consequences }
        for kind in damage.consequences {
            #expect(problems.contains { $0.kind == kind }, "\(kind.code)")
        }
        let found = Set(
            problems.filter { !damage.consequences.contains($0.kind) }.map { Found($0) })
        #expect(found.subtracting(expected) == [], "false alarms")
        #expect(expected.subtracting(found) == [], "missed")
        #expect(Set(damage.kinds.map(\.code)) == Set(expected.map(\.code)))
        for part in damage.unchecked {
            #expect(leftOut.contains { "\($0.what): \($0.why)".contains(part) }, "\(part)")
        }
        for unchecked in leftOut {
            let text = "\(unchecked.what): \(unchecked.why)"
            #expect(damage.unchecked.contains { text.contains($0) }, "\(text)")
        }
    }

    private func run(
        _ damage: DamageCase, _ pool: EditedPool
    ) throws -> (problems: [Problem], unchecked: [Unchecked]) {
        if damage.isForVerify {
            let result = try pool.verify(
                VerifyOptions(threadCount: 2, depth: damage.isDeep ? .deep : .standard),
                keys: damage.keys)
            return (result.problems, result.unchecked)
        }
        let result = try pool.check(SpaceCheckOptions(threadCount: 2, depth: damage.depth))
        return (result.problems, result.unchecked)
    }
}
