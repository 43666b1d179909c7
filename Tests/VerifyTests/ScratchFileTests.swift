import Devices
import Foundation
import Glibc
import TestSupport
import Testing
import Verify

/// A scratch file that can't take what should go there.
@Suite struct ScratchFileTests {
    @Test("a full disk costs the comparison and nothing else", .enabled(if: geteuid() == 0))
    func full() throws {
        let folder = try ScratchFolder()
        // One page, which a few hundred claims fill.
        guard
            try Command("mount", ["-t", "tmpfs", "-o", "size=4k", "none", folder.path]).status == 0
        else { return }
        defer { _ = try? Command("umount", [folder.path]) }
        let pool = try EditedPool("bigdir")
        let result = try pool.check(
            SpaceCheckOptions(threadCount: 2, memory: 2, scratchFolder: folder.path))
        #expect(result.problems.isEmpty)
        #expect(result.unchecked.contains { $0.why.contains("No space left") })
        #expect(result.leaked == 0 && result.unprotected == 0)
        #expect(result.totals.blockCount > 0)
    }

    @Test func `a folder that does not exist is an error of its own`() throws {
        let pool = try EditedPool("basic")
        #expect(throws: DeviceError.self) {
            try pool.check(
                SpaceCheckOptions(threadCount: 2, scratchFolder: "\(pool.path)/missing"))
        }
    }
}
