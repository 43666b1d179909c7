import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing

/// Keys that open, keys that do not, and key objects that are damaged.
@Suite struct KeyringTests {
    private static func ring(_ name: String) throws -> (pool: Pool, ring: Keyring) {
        let findings = PoolFinder(threads: 1).find(in: [try TestPool.named(name).unpack()])
        let pool = try Pool.open(try #require(findings.pools.first))
        return (pool, try Keyring(pool))
    }

    private static func key(_ text: String) -> UserKey {
        UserKey(SecretBytes(copying: Array(text.utf8).rawBytes))
    }

    private static let hexKey =
        "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"

    @Test(arguments: ["correct horse battery staple", "correct horse battery staple\n"])
    func `a passphrase opens its encryption root and what inherits from it`(
        passphrase: String
    ) throws {
        let (pool, ring) = try Self.ring("crypt")
        #expect(try ring.add(Self.key(passphrase), for: "crypt/pass").isEmpty)
        let tree = try pool.datasets()
        for name in ["crypt/pass", "crypt/pass@s", "crypt/pass/child", "crypt/pass/clone"] {
            let dataset = try #require(tree.dataset(named: name))
            #expect(ring.key(of: dataset) != nil, "\(name)")
        }
        #expect(ring.key(of: try #require(tree.dataset(named: "crypt/hex"))) == nil)
        #expect(!ring.isEncrypted(try #require(tree.dataset(named: "crypt"))))
    }

    @Test(arguments: [hexKey, hexKey.uppercased() + "\n"])
    func `a hexadecimal key opens`(digits: String) throws {
        let (_, ring) = try Self.ring("crypt")
        #expect(try ring.add(Self.key(digits), for: "crypt/hex").isEmpty)
    }

    @Test func `a wrong key is told from a key of the wrong form`() throws {
        let (_, ring) = try Self.ring("crypt")
        func error(_ key: String, _ dataset: String) -> PoolError? {
            do throws(PoolError) {
                try ring.add(Self.key(key), for: dataset)
                return nil
            } catch {
                return error
            }
        }
        guard case .wrongKey = error("correct horse battery stable", "crypt/pass") else {
            Issue.record("a wrong passphrase opened it")
            return
        }
        guard case .wrongKey = error(Self.hexKey.replacing("00", with: "01"), "crypt/hex") else {
            Issue.record("a wrong key opened it")
            return
        }
        for bad in ["", "abc", Self.hexKey.replacing("a", with: "g")] {
            guard case .badKey = error(bad, "crypt/hex") else {
                Issue.record("\(bad) was taken for a key")
                return
            }
        }
        guard case .badKey = error("\n", "crypt/pass") else {
            Issue.record("an empty passphrase was taken for a key")
            return
        }
        guard case .absent = error("x", "crypt"), case .noSuchDataset = error("x", "crypt/none")
        else {
            Issue.record("a key was taken for a dataset that has none")
            return
        }
    }

    @Test func `without its key a dataset opens as far as its dnodes go`() throws {
        let (pool, _) = try Self.ring("crypt")
        let dataset = try #require(try pool.datasets().dataset(named: "crypt/pass"))
        let set = try pool.objectSet(of: dataset)
        var count = 0
        set.forEachDnode { visit in
            if case .object(let object) = visit, object.dnode.isBonusSealed { count += 1 }
        }
        #expect(count > 5)
    }
}
