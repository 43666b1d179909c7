import Bytes
import Datasets
import Devices
import Foundation
import TestSupport
import Testing
import Verify

/// Cache files: every damage is found where it is, and what OpenZFS answers is what it really answers.
@Suite struct CacheFileVerifierTests {
    static let cases = CacheFileDamage.all

    /// Kinds that the sound file gives: its pools were exported since, and their devices moved.
    static let states: Set<ProblemKind> = [.cacheFileMoved, .cacheFileState]

    private static func home() throws -> String { try TestPool.named("cachefile").unpack() }

    private static func sound() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(try home())/zpool.cache")))
    }

    private static func word(_ random: inout SplitMix64) -> UInt64 { random.next() }

    private static func run(_ bytes: [UInt8], _ folder: ScratchFolder) throws -> VerifyResult {
        let path = "\(folder.path)/zpool.cache"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let pools = PoolFinder().find(in: [try home()]).pools
        return try CacheFileVerifier(path, DeviceOpener()).run(pools)
    }

    @Test func `a sound file gives nothing but notes, by itself too`() throws {
        let folder = try ScratchFolder()
        let result = try Self.run(try Self.sound(), folder)
        #expect(Set(result.problems.map(\.kind)) == Self.states)
        #expect(result.problems.count { $0.kind == .cacheFileState } == 3)
        #expect(result.problems.count { $0.kind == .cacheFileMoved } == 7)
        #expect(result.unchecked.isEmpty)
        let alone = try CacheFileVerifier("\(folder.path)/zpool.cache", DeviceOpener()).run([])
        #expect(alone.problems.isEmpty)
        #expect(alone.unchecked.count == 3)
    }

    @Test("damage is found where it is", arguments: cases)
    func found(damage: CacheFileDamage) throws {
        var bytes = try Self.sound()
        try damage.damage(&bytes)
        let result = try Self.run(bytes, try ScratchFolder())
        let found = result.problems.filter { !Self.states.contains($0.kind) }
            .map { CacheFileDamage.Finding($0.kind, $0.location.key) }
        #expect(Set(found) == damage.found)
        #expect(NVList.refusal(bytes.rawBytes)?.errorName == damage.refusal)
    }

    @Test(
        "zdb takes the file where we say so", .enabled(if: Zdb.isInstalled),
        arguments: cases)
    func judged(damage: CacheFileDamage) throws {
        var bytes = try Self.sound()
        try damage.damage(&bytes)
        let folder = try ScratchFolder()
        let path = "\(folder.path)/zpool.cache"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let isTaken = try Zdb.run("-U", path, "-C")?.text.contains("birch")
        #expect(isTaken == (damage.refusal == nil))
    }

    @Test(.enabled(if: Zdb.isInstalled))
    func `zdb and we agree on bytes damaged anywhere`() throws {
        let sound = try Self.sound()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/zpool.cache"
        var random = SplitMix64(state: 7)
        for _ in 0..<60 {
            var bytes = sound
            let place = Int(Self.word(&random) % UInt64(bytes.count - 12)) + 12
            bytes[place] ^= UInt8(truncatingIfNeeded: 1 << (Self.word(&random) % 8))
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let isTaken = try Zdb.run("-U", path, "-C")?.text.contains("version: ")
            let refusal = NVList.refusal(bytes.rawBytes)
            #expect(isTaken == (refusal == nil), "byte \(place): \(String(describing: refusal))")
        }
    }

    @Test func `a path that leads to another device is told`() throws {
        let folder = try ScratchFolder()
        var bytes = try Self.sound()
        let place = try #require(
            bytes.indices.first { bytes[$0...].starts(with: "/share/cachefile/a0".utf8) })
        // As long as the path that stands there.
        let link = "/tmp/\(UInt64.random(in: 10_000_000_000_000..<99_999_999_999_999))"
        bytes.replaceSubrange(place..<place + 19, with: link.utf8)
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "\(try Self.home())/b0")
        defer { try? FileManager.default.removeItem(atPath: link) }
        let result = try Self.run(bytes, folder)
        let found = result.problems.filter { !Self.states.contains($0.kind) }
        #expect(found.map(\.kind) == [.cacheFilePath])
    }

    @Test func `a file cut short anywhere, or with any byte changed, is judged without a crash`()
        throws
    {
        let sound = try Self.sound()
        for count in Truncation.lengths(below: sound.count, limit: 300) {
            let cut = Array(sound.prefix(count))
            #expect(NVList.refusal(cut.rawBytes) != nil)
        }
        var random = SplitMix64(state: 11)
        for _ in 0..<3000 {
            var bytes = sound
            for _ in 0..<3 {
                bytes[Int(Self.word(&random) % UInt64(bytes.count))] = UInt8(
                    truncatingIfNeeded: Self.word(&random))
            }
            _ = NVList.refusal(bytes.rawBytes)
        }
    }
}
