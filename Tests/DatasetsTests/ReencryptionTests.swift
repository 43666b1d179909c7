import Blocks
import Bytes
import Codecs
import Objects
import TestSupport
import Testing
import Vdevs

@testable import Datasets

/// What ZFS encrypted comes out the same when it is encrypted again with the salt and the vector that ZFS took.
@Suite struct ReencryptionTests {
    private static let keys: [(dataset: String, key: [UInt8])] = [
        ("crypt/pass", Array("correct horse battery staple".utf8)),
        (
            "crypt/hex",
            Array("00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210".utf8)
        ),
        ("cryptraw/src", Array(0..<32)),
    ]

    /// AES-256-GCM and AES-128-CCM; AES-192-GCM.
    @Test(arguments: ["crypt", "cryptraw"])
    func `blocks and pointers come out as ZFS wrote them`(archive: String) throws {
        let findings = PoolFinder(threads: 1).find(in: [try TestPool.named(archive).unpack()])
        let pool = try Pool.open(try #require(findings.pools.first))
        let ring = try Keyring(pool)
        for (dataset, key) in Self.keys where dataset.hasPrefix("\(pool.name)/") {
            try ring.add(UserKey(SecretBytes(copying: key.rawBytes)), for: dataset)
        }
        var types: Set<ObjectType> = []
        for dataset in try pool.datasets().datasets {
            guard let key = ring.key(of: dataset) else { continue }
            let set = try pool.objectSet(of: dataset)
            var pointers: [BlockPointer] = []
            func collect(_ object: DMUObject) {
                object.forEachBlockPointer { step in
                    if case .pointer(let pointer, _, _) = step { pointers.append(pointer) }
                }
                if let spill = object.dnode.spillPointer { pointers.append(spill) }
            }
            collect(set.metaObject)
            set.forEachDnode { if case .object(let object) = $0 { collect(object) } }
            for pointer in pointers where pointer.usesCrypt && !pointer.isEmbedded {
                types.insert(pointer.type)
                try Self.compare(pointer, key, pool)
            }
            let header = set.header
            guard header.localMAC.contains(where: { $0 != 0 }) else { continue }
            #expect(try key.sealing(header: header.bytes, header.order) == header.bytes)
        }
        #expect(types.isSuperset(of: [.dnode, .plainFile, .directory, .deleteQueue]))
    }

    /// Undoes and does again what was done to one block.
    private static func compare(
        _ pointer: BlockPointer, _ key: DatasetKey, _ pool: Pool
    ) throws {
        let stored = try pool.reader.readStored(pointer).bytes
        var protection = BlockProtection.authenticated(code: pointer.authenticationCode)
        if pointer.isEncrypted {
            let plain = try #require(try key.decrypt(pointer, stored: stored))
            let (salt, vector) = (pointer.encryptionSalt, pointer.initializationVector)
            let sealed = try key.encrypt(
                plain, pointer.type, pointer.order, salt: salt, vector: vector)
            #expect(sealed.bytes == stored)
            protection = .encrypted(salt: salt, vector: vector, code: sealed.code)
        } else if pointer.isAuthenticated {
            protection = .authenticated(code: try key.code(of: stored))
        } else {
            let plain = try pool.reader.read(pointer).bytes
            protection = .authenticated(
                code: try PointerCodes.compute(
                    plain, pointer.order, version: PointerCodes.currentVersion))
        }
        let template = BlockTemplate(
            type: pointer.type, level: pointer.level, compression: pointer.compression,
            checksum: pointer.checksumAlgorithm, order: pointer.order)
        var made = try BlockBuilder.pointer(
            to: PackedBlock(
                stored: stored, compression: pointer.compression,
                logicalSize: pointer.logicalSize, protection: protection), template,
            at: (0..<3).filter(pointer.hasCopy).map(pointer.dva), birth: pointer.logicalBirth,
            fill: pointer.fill, salt: pool.reader.salt)
        // The older form of a birth, where both are the same.
        made.words[9] = pointer.words[9]
        #expect(made == pointer, "\(made) is not \(pointer)")
    }

    @Test func `no two blocks get the same vector, and a session keeps its salt`() throws {
        let findings = PoolFinder(threads: 1).find(in: [try TestPool.named("cryptraw").unpack()])
        let pool = try Pool.open(try #require(findings.pools.first))
        let ring = try Keyring(pool)
        try ring.add(
            UserKey(SecretBytes(copying: Array(UInt8(0)..<32).rawBytes)), for: "cryptraw/src")
        let dataset = try #require(try pool.datasets().dataset(named: "cryptraw/src"))
        let encryptor = DatasetEncryptor(try #require(ring.key(of: dataset)))
        let template = BlockTemplate(
            type: .plainFile, level: 0, compression: .off, checksum: .fletcher4, order: .little)
        let plain = [UInt8](repeating: 7, count: 512)
        var salts: Set<[UInt8]> = []
        var vectors: Set<[UInt8]> = []
        for _ in 0..<100 {
            let block = try BlockBuilder.pack(plain, template, unit: 512, encryptor: encryptor)
            guard case .encrypted(let salt, let vector, _)? = block.protection else {
                Issue.record("not encrypted")
                return
            }
            #expect(block.stored != plain)
            salts.insert(salt)
            vectors.insert(vector)
        }
        #expect(salts.count == 1)
        #expect(vectors.count == 100)
        let other = try BlockBuilder.pack(
            plain, template, unit: 512, encryptor: DatasetEncryptor(encryptor.key))
        guard case .encrypted(let salt, _, _)? = other.protection else {
            Issue.record("not encrypted")
            return
        }
        #expect(!salts.contains(salt))
    }
}
