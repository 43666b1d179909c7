import Datasets
import Vdevs

/// The blocks that tables say are shared, packed so that millions of them fit where a dictionary holds some hundred
/// thousands.
///
/// A slot takes 20 bytes and each address 16; slots are found by hashing and the next free one is taken (open
/// addressing). It grows until the bytes it may take are used up, and then refuses what is new, so that no table of a
/// pool, however long or dishonest about its length, can take more.
struct SharedBlockTable: Sendable {
    /// Offsets of the blocks' first copies; meaningless in slots without a mark.
    private var offsets: [UInt64]
    /// What else is known of each slot; 0 for one that is free.
    private var marks: [UInt64]
    /// What of each block's entry its pointers must agree with; 0 for blocks of no dedup table.
    private var digests: [UInt32]
    /// The addresses of all blocks, one after another.
    private var addresses: [DVA] = []
    /// Slots that are not free.
    private var takenCount = 0
    private let limit: Int

    /// A slot, and the counter of references that stands beside it.
    private static let slotByteCount = 20 + MemoryLayout<SharedBlocks.References>.stride
    private static let addressByteCount = MemoryLayout<DVA>.stride
    private static let smallest = 64

    /// What a mark holds: whether the slot is taken, whether by several entries that differ, how many addresses there are from
    /// which on, the vdev.
    private enum Mark {
        static let taken: UInt64 = 1
        static let contested: UInt64 = 2
        static let countShift: UInt64 = 2
        static let vdevShift: UInt64 = 8
        static let firstShift: UInt64 = 32
    }

    /// An empty table that never takes more than `limit` bytes, counters included.
    init(limit: Int) {
        self.limit = limit
        offsets = [UInt64](repeating: 0, count: Self.smallest)
        marks = [UInt64](repeating: 0, count: Self.smallest)
        digests = [UInt32](repeating: 0, count: Self.smallest)
    }

    /// About what `count` blocks of one address take, in bytes.
    static func byteCount(blocks count: UInt64) -> UInt64 {
        // A table is between three eighths and three quarters full.
        count.timesClamped(UInt64(2 * slotByteCount + addressByteCount))
    }

    var isEmpty: Bool { takenCount == 0 }

    /// How many slots there are; a block keeps its own as long as none is added.
    var slotCount: Int { marks.count }

    /// The slot of a block; nil where the table does not have it.
    @inline(__always)
    func slot(of key: SharedBlocks.Key) -> Int? {
        let slot = place(of: key)
        return marks[slot] != 0 ? slot : nil
    }

    /// The addresses that a table gives a block; none for one of a block reference table.
    func addresses(inSlot slot: Int) -> ArraySlice<DVA> {
        let first = Int(truncatingIfNeeded: marks[slot] >> Mark.firstShift)
        return addresses[first..<first + count(inSlot: slot)]
    }

    func isCloned(inSlot slot: Int) -> Bool { count(inSlot: slot) == 0 }

    /// Whether a pointer with that digest is one to the block in a slot, as the block's entry has it; false where the block has
    /// several entries.
    @inline(__always)
    func fits(_ digest: DedupDigest, inSlot slot: Int) -> Bool {
        digests[slot] == digest.value && marks[slot] & Mark.contested == 0
    }

    /// Adds a block, or says something else of one that is there; false where there is no more room.
    ///
    /// `own` are up to three addresses.
    mutating func insert(
        _ key: SharedBlocks.Key, _ own: [DVA], _ digest: DedupDigest = .none
    ) -> Bool {
        guard takenCount * 4 < marks.count * 3 || grow() else { return false }
        let first = addresses.count
        guard first + own.count < Int(UInt32.max),
            byteCount(slots: marks.count, addresses: first + own.count) <= limit
        else { return false }
        addresses += own
        let slot = place(of: key)
        if marks[slot] == 0 { takenCount += 1 }
        let isContested =
            marks[slot] != 0 && !isCloned(inSlot: slot) && !own.isEmpty
            && !fits(digest, inSlot: slot)
        offsets[slot] = key.offset
        digests[slot] = digest.value
        marks[slot] =
            Mark.taken | (isContested ? Mark.contested : 0) | UInt64(own.count) << Mark.countShift
            | UInt64(key.vdev & 0xff_ffff) << Mark.vdevShift | UInt64(first) << Mark.firstShift
        return true
    }

    private func count(inSlot slot: Int) -> Int {
        Int(truncatingIfNeeded: marks[slot] >> Mark.countShift & 3)
    }

    private func byteCount(slots: Int, addresses: Int) -> Int {
        slots * Self.slotByteCount + addresses * Self.addressByteCount
    }

    /// The slot of a block that is there, or else the free one that it would take. There is always one.
    @inline(__always)
    private func place(of key: SharedBlocks.Key) -> Int {
        let vdev = UInt64(key.vdev & 0xff_ffff)
        let mixed = (key.offset >> 9 ^ vdev << 44) &* 0x9e37_79b9_7f4a_7c15
        var slot = Int(truncatingIfNeeded: mixed.multipliedFullWidth(by: UInt64(marks.count)).high)
        while true {
            let mark = marks[slot]
            if mark == 0 { return slot }
            if offsets[slot] == key.offset, mark >> Mark.vdevShift & 0xff_ffff == vdev {
                return slot
            }
            slot += 1
            if slot == marks.count { slot = 0 }
        }
    }

    private mutating func grow() -> Bool {
        let wanted = marks.count * 2
        guard byteCount(slots: wanted, addresses: addresses.count) <= limit else { return false }
        let (oldOffsets, oldMarks, oldDigests) = (offsets, marks, digests)
        offsets = [UInt64](repeating: 0, count: wanted)
        marks = [UInt64](repeating: 0, count: wanted)
        digests = [UInt32](repeating: 0, count: wanted)
        for old in oldMarks.indices where oldMarks[old] != 0 {
            let vdev = UInt32(truncatingIfNeeded: oldMarks[old] >> Mark.vdevShift & 0xff_ffff)
            let slot = place(of: SharedBlocks.Key(vdev: vdev, offset: oldOffsets[old]))
            offsets[slot] = oldOffsets[old]
            marks[slot] = oldMarks[old]
            digests[slot] = oldDigests[old]
        }
        return true
    }
}
