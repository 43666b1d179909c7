import Blocks
import TestSupport
import Testing
import Vdevs

@Suite struct RealPoolTests {
    /// Pools of every layout that end without damage.
    private static let pools = [
        "be-raidz1", "stripe", "draid2", "draidspare", "expanded", "expanding", "replacing",
        "sparein",
        "gang", "gangraidz", "removal", "crypt", "classes", "new-draid2", "raidz2", "raidz3",
    ]

    @Test("every block of a real pool can be read", arguments: pools.map(TestPool.named))
    func census(pool: TestPool) throws {
        let probe = try ProbePool(pool)
        let census = try probe.census(probe.reader())
        #expect(census.failures.isEmpty)
        #expect(census.pointers > 50)
    }

    /// Two blocks were spoiled when the pool was made; its error log names their objects.
    @Test func `damage on the only copy is told with what was found there`() throws {
        let probe = try ProbePool(TestPool.named("errlog"))
        let census = try probe.census(probe.reader())
        #expect(census.failures.count == 2)
        #expect(census.failures.allSatisfy { $0.contains("the checksum is") })
    }
}
