import Objects
import Vdevs

/// What the entries of a livelist come to for each block, written against freed, in bounded memory whatever its length.
///
/// Blocks whose entries cancel each other out are forgotten at once. Where what is left does not fit, the blocks are told apart
/// by a bit of a number, half of them is counted at a time, and the list is read once more for each half. Mirrors
/// `dsl_process_sub_livelist` (`module/zfs/dsl_deadlist.c`), which keeps all in a tree.
struct LivelistBalance {
    /// Blocks that are counted at a time.
    private let limit: Int
    /// The bits of a block's number that choose it, and what they are: half of all, a quarter, and so on.
    private let mask: UInt64
    private let part: UInt64
    private var counts: [SharedBlocks.Key: (pointer: BlockPointer, balance: Int)] = [:]
    private var isFull = false

    /// Bytes for one block: a dictionary is from three eighths full on, and has its older self beside it while it grows.
    private static let bytesPerBlock = 640

    /// `memory` is in bytes.
    init(memory: Int) { self.init(limit: max(1, memory / Self.bytesPerBlock), mask: 0, part: 0) }

    private init(limit: Int, mask: UInt64, part: UInt64) {
        self.limit = limit
        self.mask = mask
        self.part = part
    }

    /// Counts one entry; holes and embedded blocks have no place to be known by.
    mutating func add(_ pointer: BlockPointer, isFree: Bool) {
        guard !isFull, !pointer.isHole, !pointer.isEmbedded else { return }
        let key = SharedBlocks.Key(pointer.dva(0))
        guard Self.number(of: key) & mask == part else { return }
        let balance = (counts[key]?.balance ?? 0) + (isFree ? -1 : 1)
        guard balance != 0 else {
            counts[key] = nil
            return
        }
        counts[key] = (pointer, balance)
        // With all bits used up no vdev has two blocks left.
        guard counts.count > limit, mask != .max else { return }
        isFull = true
        counts = [:]
    }

    /// Gives each block that was written oftener than freed, or freed oftener than written.
    ///
    /// `list` is what was counted; it is read again only where its blocks did not fit.
    func forEachUnbalanced(
        in list: BlockPointerList, _ body: (BlockPointer, _ balance: Int) -> Void
    ) {
        guard isFull else {
            for (pointer, balance) in counts.values { body(pointer, balance) }
            return
        }
        let bit = mask &+ 1
        for part in [part, part | bit] {
            var half = LivelistBalance(limit: limit, mask: mask | bit, part: part)
            list.forEachPointer { step in
                if case .pointer(let pointer, let isFree, _) = step {
                    half.add(pointer, isFree: isFree)
                }
            }
            half.forEachUnbalanced(in: list, body)
        }
    }

    /// A number that spreads blocks evenly over its low bits; two blocks of a vdev never have the same.
    private static func number(of key: SharedBlocks.Key) -> UInt64 {
        var mixed = key.offset ^ UInt64(key.vdev) << 48
        mixed = (mixed ^ mixed >> 33) &* 0xff51_afd7_ed55_8ccd
        mixed = (mixed ^ mixed >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return mixed ^ mixed >> 33
    }
}
