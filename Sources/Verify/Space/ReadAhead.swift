import Bytes
import Devices
import Vdevs

/// Tells devices which blocks will be read next, so that they fetch them while others are being proved.
///
/// Blocks that follow each other on a device become one run of up to 1 MiB, whatever layout cuts them up, and some
/// runs are under way on each device at any time. Only speed depends on it: what it could not foretell is read all
/// the same.
struct ReadAhead: ~Copyable {
    private let vdevs: VdevTree
    /// The run of each leaf that may still grow; empty where there is none.
    private var growing: [Range<UInt64>]
    /// The numbers of the leaves, where all copies of a block are going to be read; else nil.
    private let leaves: [GUID: Int]?
    /// The longest run, in bytes.
    private static let longestRun: UInt64 = 1 << 20
    /// Bytes that are fetched in vain rather than asking twice.
    private static let gap: UInt64 = 32 << 10

    init(_ vdevs: VdevTree, ofAllCopies: Bool = false) {
        self.vdevs = vdevs
        leaves =
            ofAllCopies
            ? Dictionary(vdevs.leaves.map { ($0.guid, $0.index) }, uniquingKeysWith: { $1 }) : nil
        growing = [Range<UInt64>](repeating: 0..<0, count: vdevs.leaves.count)
    }

    /// Announces a block, by the copy that is read first or by all of them.
    mutating func announce(_ pointer: BlockPointer) {
        guard !pointer.isGang, !pointer.isEmbedded else { return }
        if let leaves { return announceAll(pointer, leaves) }
        do {
            try vdevs.forEachDataRun(
                of: pointer.dva(0), count: pointer.physicalSize,
                physicalBirth: pointer.physicalBirth
            ) { run in
                // Sound: a device ends long before 2^63 bytes, and a run is as long as a block at most.
                grow(run.leaf, run.offset..<run.offset &+ UInt64(run.byteCount))
            }
        } catch {
            // What can't be read is found out and told by whoever reads it.
        }
    }

    private mutating func announceAll(_ pointer: BlockPointer, _ leaves: [GUID: Int]) {
        for index in 0..<pointer.copyLimit where pointer.hasCopy(index) {
            let places = try? vdevs.locations(
                of: pointer.dva(index), count: pointer.physicalSize,
                physicalBirth: pointer.physicalBirth)
            for place in places ?? [] {
                // Sound: a device ends long before 2^63 bytes, and a run is as long as a block at most.
                if let leaf = leaves[place.guid] {
                    grow(leaf, place.offset..<place.offset &+ place.byteCount)
                }
            }
        }
    }

    /// Announces what is left, before the last blocks are read.
    mutating func finish() {
        for leaf in growing.indices { issue(leaf) }
    }

    private mutating func grow(_ leaf: Int, _ run: Range<UInt64>) {
        let before = growing[leaf]
        let isNext =
            run.lowerBound >= before.lowerBound
            && run.lowerBound <= before.upperBound + Self.gap
            && run.upperBound - before.lowerBound <= Self.longestRun
        if !before.isEmpty, isNext {
            growing[leaf] = before.lowerBound..<max(before.upperBound, run.upperBound)
        } else {
            issue(leaf)
            growing[leaf] = run
        }
    }

    private mutating func issue(_ leaf: Int) {
        let run = growing[leaf]
        guard !run.isEmpty else { return }
        vdevs.leaves[leaf].device?.willRead(run)
        growing[leaf] = 0..<0
    }
}
