import Blocks
import Bytes
import Codecs
import TestSupport
import Testing
import Vdevs

@Suite struct GangTests {
    /// A block of three sectors in as many members, with its pointer and a pool that holds it.
    private static func gang(
        byteCount: Int = 512, _ order: ByteOrder = .little, ashift: UInt64 = 9
    ) throws -> (pool: MemoryPool, pointer: BlockPointer, bytes: [UInt8]) {
        let bytes = MemoryPool.noise(1536)
        var pool = MemoryPool(ashift: ashift)
        var members: [BlockPointer] = []
        for index in 0..<3 {
            let part = Array(bytes[index * 512..<(index + 1) * 512])
            let place = UInt64(index + 1) << 16
            pool.put(part, at: place)
            members.append(try MemoryPool.pointer(to: part, at: [place]))
        }
        pool.put(try MemoryPool.header(members, at: 4096, byteCount: byteCount, order), at: 4096)
        return (pool, try MemoryPool.pointer(to: bytes, at: [4096], isGang: true), bytes)
    }

    @Test("members are joined in order", arguments: ByteOrder.allCases)
    func joined(order: ByteOrder) throws {
        let (pool, pointer, bytes) = try Self.gang(order)
        let outcome = try pool.reader.read(pointer)
        #expect(outcome.bytes == bytes)
        #expect(outcome.incidents.isEmpty)
    }

    @Test("a header may be as long as the smallest allocation, or old", arguments: [512, 4096])
    func lengths(byteCount: Int) throws {
        let (pool, pointer, bytes) = try Self.gang(byteCount: byteCount, ashift: 12)
        let reader = pool.reader
        #expect(try reader.read(pointer).bytes == bytes)
        #expect(try reader.gangHeader(pointer).header.byteCount == byteCount)
        #expect(try reader.gangHeader(pointer).header.pointers.count == (byteCount - 40) / 128)
    }

    @Test func `headers may lead to headers`() throws {
        var (pool, inner, bytes) = try Self.gang()
        let more = MemoryPool.noise(512, 3)
        pool.put(more, at: 1 << 20)
        let last = try MemoryPool.pointer(to: more, at: [1 << 20])
        pool.put(try MemoryPool.header([inner, .hole, last], at: 8192), at: 8192)
        let outer = try MemoryPool.pointer(to: bytes + more, at: [8192], isGang: true)
        let outcome = try pool.reader.read(outer)
        #expect(outcome.bytes == bytes + more)
        #expect(outcome.incidents.isEmpty)
    }

    @Test func `the second copy of a header is as good as the first`() throws {
        var (pool, pointer, bytes) = try Self.gang()
        let header = try #require(pool.pieces[4096 + 4 << 20])
        pool.put([UInt8](repeating: 0, count: 512), at: 4096)
        pool.put(header, at: 1 << 21)
        let double = try MemoryPool.pointer(to: bytes, at: [4096, 1 << 21], isGang: true)
        let outcome = try pool.reader.read(double)
        #expect(outcome.bytes == bytes)
        #expect(outcome.incidents.map(\.dva) == [double.dva(0)])
        #expect(throws: BlockError.self) { try pool.reader.read(pointer) }
    }

    @Test func `a header that leads to itself ends`() throws {
        var pool = MemoryPool()
        let bytes = MemoryPool.noise(1536)
        let pointer = try MemoryPool.pointer(to: bytes, at: [4096], isGang: true)
        pool.put(try MemoryPool.header([pointer, pointer, pointer], at: 4096), at: 4096)
        #expect(throws: BlockError.self) { try pool.reader.read(pointer) }
    }

    @Test func `members that do not add up are an error`() throws {
        let (pool, pointer, bytes) = try Self.gang()
        for count in [512, 1024, 2048] {
            let wrong = try MemoryPool.pointer(
                to: Array((bytes + bytes).prefix(count)), at: [4096], isGang: true)
            #expect(throws: BlockError.self) { try pool.reader.read(wrong) }
        }
        #expect(pointer.isGang)
    }

    @Test func `members that are each right but together wrong are told`() throws {
        let (pool, _, bytes) = try Self.gang()
        let other = try MemoryPool.pointer(to: bytes.reversed(), at: [4096], isGang: true)
        #expect(try pool.reader.read(other).incidents.count == 1)
    }

    @Test("no truncated header decodes", arguments: Truncation.lengths(below: 512, limit: 64))
    func truncated(count: Int) throws {
        let bytes = try MemoryPool.header([], at: 0)
        #expect(throws: FormatError.self) { try GangHeader(Array(bytes.prefix(count)).rawBytes) }
    }

    @Test("no field can crash a header", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        var (pool, pointer, _) = try Self.gang(order)
        let bytes = try #require(pool.pieces[4096 + 4 << 20])
        let verifier = EmbeddedChecksum.gangVerifier(
            vdev: 0, offset: 4096, physicalBirth: TransactionGroup(MemoryPool.birth))
        try verb.forEachSpoiled(GangHeader.Layout.fields(512), of: bytes, order) { spoiled in
            if let header = try? GangHeader(spoiled.rawBytes) {
                #expect(!header.record.entries.isEmpty)
            }
            pool.put(spoiled, at: 4096)
            _ = try? pool.reader.read(pointer)
            // The same with a checksum that fits, as a forger would write it.
            var forged = spoiled
            try EmbeddedChecksum.seal(&forged, .gangHeader, verifier: verifier, order)
            pool.put(forged, at: 4096)
            _ = try? pool.reader.read(pointer)
        }
    }
}
