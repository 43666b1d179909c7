import Blocks
import Objects
import TestSupport
import Testing
import Vdevs

@Suite struct BlockCacheTests {
    @Test func `keeps what was used last within its bounds`() throws {
        let blocks = MemoryBlocks()
        let pointers = (0..<10).map { blocks.add([UInt8](repeating: UInt8($0), count: 1024)) }
        let cache = BlockCache(byteLimit: 4096, blockLimit: 100)
        for pointer in pointers { _ = try cache.read(pointer, at: .header, from: blocks) }
        for pointer in pointers.suffix(4) { _ = try cache.read(pointer, at: .header, from: blocks) }
        #expect(pointers.suffix(4).allSatisfy { blocks.readCount($0) == 1 })
        _ = try cache.read(pointers[0], at: .header, from: blocks)
        #expect(blocks.readCount(pointers[0]) == 2)
    }

    @Test func `does not keep a block that would push out most others`() throws {
        let blocks = MemoryBlocks()
        let large = blocks.add([UInt8](repeating: 1, count: 2048))
        let cache = BlockCache(byteLimit: 4096, blockLimit: 100)
        for _ in 0..<3 { _ = try cache.read(large, at: .header, from: blocks) }
        #expect(blocks.readCount(large) == 3)
    }

    @Test func `does not keep failures`() {
        let blocks = MemoryBlocks()
        let pointer = blocks.add([UInt8](repeating: 1, count: 512))
        blocks.remove(pointer)
        let cache = BlockCache()
        for _ in 0..<2 { _ = try? cache.read(pointer, at: .header, from: blocks) }
        #expect(blocks.readCount(pointer) == 2)
    }
}
