import Blocks
import Bytes
import Codecs
import TestSupport
import Testing
import Vdevs

@Suite struct BlockReaderTests {
    @Test func `a hole reads as zeros`() throws {
        let outcome = try MemoryPool().reader.read(.hole)
        #expect(outcome.bytes == [UInt8](repeating: 0, count: 512))
    }

    @Test func `copies are tried in turn and the bad ones told`() throws {
        let bytes = MemoryPool.noise(1024)
        var pool = MemoryPool()
        pool.put(MemoryPool.noise(1024, 2), at: 0)
        pool.put(bytes, at: 8192)
        let pointer = try MemoryPool.pointer(to: bytes, at: [0, 1 << 40, 8192])
        let outcome = try pool.reader.read(pointer)
        #expect(outcome.bytes == bytes)
        #expect(outcome.incidents.map(\.dva) == [pointer.dva(0), pointer.dva(1)])
        #expect(outcome.incidents[0].what.contains("the checksum is"))
    }

    @Test func `without a good copy each failure is told`() throws {
        let bytes = MemoryPool.noise(1024)
        let pointer = try MemoryPool.pointer(to: bytes, at: [0, 1 << 40])
        do {
            _ = try MemoryPool().reader.read(pointer)
            Issue.record("a block was made up")
        } catch {
            guard case .noGoodCopy(let failures) = error.reason else {
                Issue.record("another error: \(error)")
                return
            }
            #expect(failures.map(\.dva) == [pointer.dva(0), pointer.dva(1)])
        }
    }

    @Test func `an embedded payload is taken from the words around the properties`() throws {
        var words = [16 of UInt64](repeating: 0)
        for index in words.indices { words[index] = 0x0706_0504_0302_0100 + UInt64(index) << 56 }
        // 112 bytes, stored as they are.
        words[6] = 111 | 111 << 25 | 2 << 32 | 1 << 39 | 1 << 63
        words[10] = 5
        let outcome = try MemoryPool().reader.read(BlockPointer(words: words))
        #expect(outcome.bytes.count == 112)
        let starts = stride(from: 7, to: 112, by: 8).map { outcome.bytes[$0] - 7 }
        #expect(starts == [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15])
    }

    @Test func `an embedded payload that can't fit is a bad pointer`() {
        var words = [16 of UInt64](repeating: 0)
        words[6] = 127 | 127 << 25 | 2 << 32 | 1 << 39 | 1 << 63
        #expect(throws: BlockError.self) {
            try MemoryPool().reader.read(BlockPointer(words: words))
        }
    }

    @Test func `redacted blocks say so`() {
        var words = [16 of UInt64](repeating: 0)
        words[6] = 1 << 39 | 2 << 40 | 1 << 63
        do {
            _ = try MemoryPool().reader.read(BlockPointer(words: words))
            Issue.record("a redacted block was read")
        } catch {
            #expect(error.reason == .redacted)
        }
    }

    @Test func `raw bytes at an address can be read as what they are`() throws {
        let probe = try ProbePool(TestPool.named("raidz1"))
        let reader = probe.reader()
        let address = BlockAddress(probe.rootPointer.dva(0))
        let raw = try reader.rawBlock(at: address)
        #expect(raw.incidents.isEmpty)
        let logical = try reader.read(probe.rootPointer).bytes
        let found = raw.readings.contains { reading in
            if case .compressed(.lz4, let bytes) = reading { bytes == logical } else { false }
        }
        #expect(found)
    }

    @Test(arguments: ["0:2ca000:200", "<0:2ca000:200>", "0:0x2ca000:0x200"])
    func `addresses are read as zdb writes them`(text: String) throws {
        let address = try #require(BlockAddress(text))
        #expect(address == BlockAddress(vdev: 0, offset: 0x2ca000, allocatedSize: 512))
        #expect("\(address)" == "0:2ca000:200")
    }

    @Test(arguments: [
        "", ":", "::", "0:1", "0:1:2:3", "a:0:200", "0:-1:200", "0: 1:200", "16777216:0:200",
        "0:+1:200",
        "0:10000000000000000:200", "0::200", "0:0x:200",
    ])
    func `what is no address is refused`(text: String) {
        #expect(BlockAddress(text) == nil)
    }
}
