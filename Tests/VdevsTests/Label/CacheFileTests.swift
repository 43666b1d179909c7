import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct CacheFileTests {
    private static func file() throws -> [UInt8] {
        let folder = try TestPool.named("cachefile").unpack()
        let device = try FileDevice(path: "\(folder)/zpool.cache")
        return try device.read(at: 0, count: Int(device.byteCount))
    }

    private static func decode(_ bytes: [UInt8]) throws -> CacheFile {
        try CacheFile(bytes.rawBytes)
    }

    @Test func `each pool has its name, GUID and tree`() throws {
        let cache = try Self.decode(Self.file())
        #expect(cache.findings.isEmpty)
        #expect(cache.pools.map(\.name) == ["apple", "birch", "cedar"])
        #expect(cache.pools.map { $0.identity.name } == ["apple", "birch", "cedar"])
        #expect(
            cache.pools.map { $0.identity.poolGUID?.rawValue } == [
                16_371_183_067_098_154_569, 6_907_263_422_364_113_968, 7_813_406_981_262_211_914,
            ])
        let trees = cache.pools.compactMap(\.vdevTree)
        #expect(trees.map(\.kind) == [.root, .root, .root])
        #expect(trees.map(\.leaves.count) == [1, 2, 4])
    }

    @Test func `packed again it is what ZFS wrote, byte for byte`() throws {
        let bytes = try Self.file()
        let decoding = try NVList.decode(bytes.rawBytes)
        #expect(decoding.encoding == .native)
        #expect(try decoding.list.encodedNative(order: decoding.order) == bytes)
        let other: ByteOrder = decoding.order == .little ? .big : .little
        let turned = try decoding.list.encodedNative(order: other)
        #expect(try NVList.decode(turned.rawBytes).list == decoding.list)
    }

    @Test func `a file cut short anywhere does not crash and loses only its end`() throws {
        let whole = try Self.file()
        for count in Truncation.lengths(below: whole.count, limit: 200) {
            let cut = Array(whole.prefix(count))
            guard let cache = try? Self.decode(cut) else {
                #expect(count < NVList.Layout.byteCount)
                continue
            }
            #expect(!cache.findings.isEmpty)
            #expect(cache.pools.count <= 3)
        }
    }

    @Test func `damage in one pool leaves the others`() throws {
        var bytes = try Self.file()
        let name = Array("birch".utf8)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
        for offset in place + 64..<place + 128 { bytes[offset] = 0xff }
        let cache = try Self.decode(bytes)
        #expect(!cache.findings.isEmpty)
        #expect(cache.findings.allSatisfy { $0.path.hasPrefix("birch") })
        #expect(cache.pools.map(\.name) == ["apple", "birch", "cedar"])
    }
}
