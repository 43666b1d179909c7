import TestSupport
import Testing
import Verify

/// Damage whose every checksum is right: it is found where it was made, nothing else is, and it takes no time.
@Suite struct DamageTests {
    static let cases =
        DamageCase.spaceMaps + DamageCase.metaslabs + DamageCase.logs + DamageCase.pointers
        + DamageCase.circles + DamageCase.sideMaps + DamageCase.gangs + DamageCase.mappings

    @Test("exactly what was damaged is found", arguments: cases)
    func found(damage: DamageCase) throws {
        let pool = try EditedPool(damage.pool)
        let expected = Set(try damage.damage(pool))
        let result = try pool.check(
            SpaceCheckOptions(threadCount: 2, depth: damage.depth))
        let found = Set(result.problems.map { Found($0) })
        #expect(found.subtracting(expected) == [], "false alarms")
        #expect(expected.subtracting(found) == [], "missed")
        #expect(Set(damage.kinds.map(\.code)) == Set(expected.map(\.code)))
        for part in damage.unchecked {
            #expect(result.unchecked.contains { "\($0.what): \($0.why)".contains(part) }, "\(part)")
        }
        for unchecked in result.unchecked {
            let text = "\(unchecked.what): \(unchecked.why)"
            #expect(damage.unchecked.contains { text.contains($0) }, "\(text)")
        }
    }
}
