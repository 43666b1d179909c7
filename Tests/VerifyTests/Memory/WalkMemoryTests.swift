import Bytes
import TestSupport
import Testing
import Vdevs

@testable import Verify

/// What waits in the walk over the pool has a bound.
@Suite struct WalkMemoryTests {
    @Test("a block of pointers that is larger than any is not entered")
    func large() throws {
        let pool = try EditedPool("names")
        // The directory that is the root of names/ci has two levels; its block of pointers claims 1 MiB.
        let place = EditPlace.block(.dataset(80), object: 34, level: 1)
        try pool.editor.editPointer(to: place) { pointer in
            pointer.words[6] = pointer.words[6] & ~0xffff | 2047
        }
        let problem = try #require(
            try pool.check().problems.first { $0.location.object == 34 })
        #expect(problem.kind == .blockUnreadable)
        guard case .text(let cause) = problem.evidence["cause"] else {
            Issue.record("no cause")
            return
        }
        #expect(cause.contains("1048576 bytes, more than any"))
    }
}
