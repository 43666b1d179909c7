import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// The codes of encrypted datasets are those that ZFS stored.
@Suite struct AuthenticationTests {
    private static let keys: [(dataset: String, key: [UInt8])] = [
        ("crypt/pass", Array("correct horse battery staple".utf8)),
        (
            "crypt/hex",
            Array("00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210".utf8)
        ),
        ("cryptraw/src", Array(0..<32)),
        ("cryptraw/dst", Array(0..<32)),
    ]

    private static func datasets(
        _ archive: String
    ) throws -> (pool: Pool, keys: [(Dataset, DatasetKey)]) {
        let findings = PoolFinder(threads: 1).find(in: [try TestPool.named(archive).unpack()])
        let pool = try Pool.open(try #require(findings.pools.first))
        let ring = try Keyring(pool)
        for (dataset, key) in keys where dataset.hasPrefix("\(pool.name)/") {
            try ring.add(UserKey(SecretBytes(copying: key.rawBytes)), for: dataset)
        }
        let keys = try pool.datasets().datasets.compactMap { dataset in
            ring.key(of: dataset).map { (dataset, $0) }
        }
        return (pool, keys)
    }

    @Test(arguments: ["crypt", "cryptraw"])
    func `an object set's codes are as stored`(archive: String) throws {
        let (pool, keys) = try Self.datasets(archive)
        for (dataset, key) in keys {
            let set = try pool.objectSet(of: dataset)
            let codes = try key.codes(of: set.header)
            #expect(codes.portable == set.header.portableMAC, "\(dataset.name)")
            if set.header.localMAC.contains(where: { $0 != 0 }) {
                #expect(codes.local == set.header.localMAC, "\(dataset.name)")
            }
        }
    }

    @Test(arguments: ["crypt", "cryptraw"])
    func `codes of indirect and of readable blocks are as stored`(archive: String) throws {
        var indirect = 0
        var readable = 0
        let (pool, keys) = try Self.datasets(archive)
        for (dataset, key) in keys {
            let set = try pool.objectSet(of: dataset)
            let source = pool.source(for: dataset.object, key: key)
            func visit(_ object: DMUObject) {
                object.forEachBlockPointer { step in
                    guard case .pointer(let pointer, _, _) = step, pointer.usesCrypt else { return }
                    do {
                        if pointer.level > 0 {
                            indirect += 1
                            let block = try source.read(pointer).bytes
                            #expect(try PointerCodes.prove(pointer, block))
                        } else if pointer.isAuthenticated {
                            readable += 1
                            let stored = try source.readStored(pointer).bytes
                            #expect(try key.proves(pointer, stored: stored))
                        }
                    } catch {
                        Issue.record("\(dataset.name) object \(object.number): \(error)")
                    }
                }
            }
            visit(set.metaObject)
            set.forEachDnode { if case .object(let object) = $0 { visit(object) } }
        }
        #expect(indirect > 0)
        #expect(readable > 0)
    }
}
