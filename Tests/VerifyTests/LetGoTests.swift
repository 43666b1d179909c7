import Files
import Foundation
import Testing

/// A pool that nobody holds any more lets go of its devices.
@Suite struct LetGoTests {
    @Test func `a pool that was opened many times holds no device`() throws {
        let pool = try EditedPool("basic")
        for _ in 0..<5 { _ = PoolContents(try pool.open()) }
        let own = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
            let target = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\($0)")
            return target?.hasPrefix(pool.path) ?? false
        }
        #expect(own.count <= 1)
    }
}
