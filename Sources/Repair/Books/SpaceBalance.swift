import Datasets
import Vdevs

/// What blocks that were written and blocks that are no longer needed add up to, as a directory is charged for them.
struct SpaceBalance: Sendable, Hashable {
    /// Bytes on the vdevs, without what RAID-Z spends on parity (`bp_get_dsize_sync`).
    var used: Int64 = 0
    /// Bytes as stored, before copies and parity.
    var compressed: Int64 = 0
    /// Bytes before compression; metadata counts as stored (`BP_GET_UCSIZE`).
    var uncompressed: Int64 = 0

    init() {}

    init(written: [BlockPointer], freed: [BlockPointer], _ deflation: Deflation) {
        for pointer in written { add(pointer, deflation, sign: 1) }
        for pointer in freed { add(pointer, deflation, sign: -1) }
    }

    private mutating func add(_ pointer: BlockPointer, _ deflation: Deflation, sign: Int64) {
        // Sound: sizes of blocks are far below 2^40, and there are fewer than 2^20 in one commit.
        let charged = ChargedSpace(pointer, deflation)
        used &+= sign &* Int64(clamping: charged.used)
        compressed &+= sign &* Int64(clamping: charged.compressed)
        uncompressed &+= sign &* Int64(clamping: charged.uncompressed)
    }
}

extension Deflation {
    /// What all copies of a block are charged as.
    func charged(_ pointer: BlockPointer) -> UInt64 {
        (0..<pointer.copyLimit).filter(pointer.hasCopy)
            .reduce(0) { $0 &+ charged(pointer.dva($1)) }
    }
}
