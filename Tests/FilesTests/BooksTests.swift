import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Accounts, quotas and the delete queue of real pools.
@Suite struct BooksTests {
    private static func filesystem(_ pool: String, _ dataset: String) throws -> Filesystem {
        let candidate = try #require(try TestPool.named(pool).candidates().first)
        let pool = try Pool.open(candidate)
        let found = try #require(try pool.datasets().dataset(named: dataset))
        return try Filesystem(try pool.objectSet(of: found))
    }

    /// What `zfs userspace -Hpn` and `zfs groupspace -Hpn` printed: identity, used bytes, byte quota, used
    /// objects, object quota.
    @Test func `accounts and quotas are those of zfs userspace`() throws {
        let accounts = SpaceAccounts(of: try Self.filesystem("props", "props/q"))
        #expect(accounts.problems.isEmpty)
        let shown = accounts.accounts.filter { $0.subject != .project }.map {
            "\($0.subject) \($0.identity) \($0.usedBytes) \($0.byteQuota ?? 0) "
                + "\($0.usedObjects) \($0.objectQuota ?? 0)"
        }
        #expect(
            shown == [
                "group 0 7168 0 4 0",
                "group 50 169472 7340032 2 200",
                "group 1002 80896 0 1 0",
                "user 0 7168 0 4 0",
                "user 1001 127488 5242880 1 100",
                "user 1002 80896 6291456 1 0",
                "user 99999 0 1048576 0 0",
                "user 123456789 41984 0 1 0",
            ])
        let project = try #require(
            accounts.accounts.first { $0.subject == .project && $0.identity.rawValue == 77 })
        // The recipe sets these two.
        #expect(project.byteQuota == 8 << 20)
        #expect(project.objectQuota == 50)
        #expect(project.usedObjects == 3)
    }

    @Test func `a project's number is an attribute of its files`() throws {
        let filesystem = try Self.filesystem("props", "props/q")
        #expect(try filesystem.file(at: "/proj/p1").attributes.project == 77)
        #expect(try filesystem.file(at: "/proj").attributes.flags.contains(.inheritsProject))
        #expect(try filesystem.file(at: "/alice").attributes.project ?? 0 == 0)
    }

    /// The recipe writes `unlinked 00000N ` 3000 times to each of 12 files, unlinks them and cuts the power.
    @Test func `files in the delete queue can be read`() throws {
        let filesystem = try Self.filesystem("delqueue", "delqueue")
        let queue = try DeletionQueue(of: filesystem)
        #expect(queue.objects.count == 12)
        #expect(queue.problems.isEmpty)
        var texts: Set<String> = []
        for number in queue.objects {
            let file = try filesystem.file(number)
            #expect(file.attributes.links == 0)
            #expect(file.attributes.size == 16 * 3000)
            texts.insert(
                String(decoding: try file.contents.read(at: 16 * 2999, count: 16), as: UTF8.self))
        }
        let expected = (0..<12).map { "unlinked 0000\($0 < 10 ? "0" : "")\($0) " }
        #expect(texts == Set(expected))
    }
}
