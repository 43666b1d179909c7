import Vdevs

/// How often each block that a dataset lost must stand in its deadlist: the blocks of one part of all, so that memory is
/// bounded whatever their number.
///
/// Bits of a block's number choose its part, and trees and list are read once for each. A class, since a comparison of trees
/// keeps whom it tells.
final class ExpectedBlocks {
    private let isMovable: Bool
    /// The bits of a block's number that choose it, and what they are.
    private let mask: UInt64
    private let part: UInt64
    private var counts: [PointerIdentity: Int] = [:]
    /// The first block that was sought and that no entry stood for.
    private(set) var firstMissing: BlockPointer?

    /// Bytes for one block: a dictionary is from three eighths full on, and has its older self beside it while it grows.
    private static let bytesPerBlock = 160

    /// Into how many parts, a power of two, so many blocks are divided for one to fit into `memory` bytes.
    static func partCount(blocks: UInt64, memory: Int) -> UInt64 {
        let limit = UInt64(max(1, memory / bytesPerBlock))
        var count: UInt64 = 1
        while blocks / count > limit { count <<= 1 }
        return count
    }

    /// Takes the blocks of part `part` of `partCount`.
    init(part: UInt64, of partCount: UInt64, isMovable: Bool) {
        self.part = part
        self.isMovable = isMovable
        mask = partCount - 1
    }

    /// Takes a block that the dataset lost.
    func expect(_ pointer: BlockPointer) {
        guard let identity = identity(pointer) else { return }
        counts[identity, default: 0] += 1
    }

    /// Takes an entry of the deadlist; false where it should not stand there.
    func strike(_ pointer: BlockPointer) -> Bool {
        guard let identity = identity(pointer) else { return true }
        guard let count = counts[identity] else { return false }
        counts[identity] = count > 1 ? count - 1 : nil
        return true
    }

    /// How many blocks no entry stood for.
    var missingCount: UInt64 { counts.values.reduce(0) { $0 + UInt64($1) } }

    /// Notes a block that the dataset lost if no entry stood for it.
    func seek(_ pointer: BlockPointer) {
        guard firstMissing == nil, let identity = identity(pointer), counts[identity] != nil
        else { return }
        firstMissing = pointer
    }

    /// What a block of this part is told by; nil for those of other parts.
    private func identity(_ pointer: BlockPointer) -> PointerIdentity? {
        let identity = PointerIdentity(pointer, isMovable: isMovable)
        return identity.number & mask == part ? identity : nil
    }
}
