package import Blocks
package import Bytes
import Codecs
import Synchronization
package import Vdevs

/// Blocks kept in memory and found by their pointers, for structures that a test makes by hand.
package final class MemoryBlocks: BlockSource {
    private struct State {
        var blocks: [DVA: [UInt8]] = [:]
        var reads: [DVA: Int] = [:]
        var next: UInt64 = 1 << 20
    }

    private let state = Mutex(State())

    package init() {}

    /// Keeps a block and returns the pointer that a pool would hold for it.
    ///
    /// `bytes` is a whole number of sectors; `order` is the order of the host that wrote it.
    package func add(
        _ bytes: [UInt8], _ order: ByteOrder = .little, type: ObjectType = .none, level: UInt8 = 0,
        birth: UInt64 = 10, fill: UInt64 = 1
    ) -> BlockPointer {
        precondition(!bytes.isEmpty && bytes.count % 512 == 0, "a block is whole sectors")
        let dva = state.withLock { state in
            let dva = DVA(vdev: 0, offset: state.next, allocatedSize: UInt64(bytes.count))
            state.next += UInt64(bytes.count)
            state.blocks[dva] = bytes
            return dva
        }
        return Self.pointer(
            to: dva, count: bytes.count, order, type: type, level: level, birth: birth, fill: fill)
    }

    /// Changes the bytes that a pointer leads to.
    package func replace(_ pointer: BlockPointer, with bytes: [UInt8]) {
        state.withLock { $0.blocks[pointer.dva(0)] = bytes }
    }

    /// Forgets a block, so that reading it fails.
    package func remove(_ pointer: BlockPointer) {
        state.withLock { $0.blocks[pointer.dva(0)] = nil }
    }

    /// How often the block was read.
    package func readCount(_ pointer: BlockPointer) -> Int {
        state.withLock { $0.reads[pointer.dva(0)] ?? 0 }
    }

    package func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        let bytes = state.withLock { state in
            state.reads[pointer.dva(0), default: 0] += 1
            return state.blocks[pointer.dva(0)]
        }
        guard let bytes else { throw BlockError(pointer, .noGoodCopy([])) }
        return ReadOutcome(bytes: bytes)
    }

    private static func pointer(
        to dva: DVA, count: Int, _ order: ByteOrder, type: ObjectType, level: UInt8,
        birth: UInt64, fill: UInt64
    ) -> BlockPointer {
        var words = [16 of UInt64](repeating: 0)
        words[0] = dva.word0
        words[1] = dva.word1
        let sectors = UInt64(count / 512 - 1)
        let codec = UInt64(CompressionAlgorithm.off.rawValue) << 32
        let checksum = UInt64(ChecksumAlgorithm.fletcher4.rawValue) << 40
        let kind = UInt64(type.rawValue) << 48 | UInt64(level) << 56
        words[6] = sectors | sectors << 16 | codec | checksum | kind
        if order == .little { words[6] |= 1 << 63 }
        words[10] = birth
        words[11] = fill
        return BlockPointer(words: words)
    }
}
