import Blocks
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct RealPoolTests {
    /// Pools of every layout that end without damage.
    private static let pools = [
        "basic", "mirror", "stripe", "raidz1", "raidz2", "raidz3", "draid2", "draidspare",
        "expanded",
        "expanding", "replacing", "sparein", "gang", "gangraidz", "crypt", "classes", "split",
    ]

    @Test("every block of a real pool can be read", arguments: pools.map(TestPool.named))
    func census(pool: TestPool) throws {
        let probe = try ProbePool(pool)
        let census = try probe.census(probe.reader())
        #expect(census.failures.isEmpty)
        #expect(census.pointers > 50)
    }
}
