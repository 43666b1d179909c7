import Datasets
import Vdevs

/// The parts of vdevs in which blocks were cloned, for a pool with more clones than memory can hold.
///
/// A block reference table counts its entries for each 16 MiB of its vdev (`bv_entcount`, `module/zfs/brt.c`), so that
/// two bytes tell where a block may be a clone.
struct ClonedRegions: Sendable {
    /// By vdev; nil for one whose counters can't be read, of which any block may be a clone.
    private let counters: [UInt32: [UInt16]?]

    /// The counters of those vdevs that fit into `memory` bytes; of the others any block may be a clone.
    init(_ tables: [BlockReferences], memory: Int) {
        var counters: [UInt32: [UInt16]?] = [:]
        var left = memory
        for table in tables where counters[table.vdev] == nil {
            var own: [UInt16]?
            if let count = try? table.counterCount, count <= left / 2 {
                own = try? table.counters()
                left -= count * 2
            }
            counters[table.vdev] = .some(own)
        }
        self.counters = counters
    }

    func contains(_ address: DVA) -> Bool {
        guard let known = counters[address.vdev] else { return false }
        guard let known else { return true }
        let region = Int(truncatingIfNeeded: address.offset / BlockReferences.rangeSize)
        return region < known.count && known[region] > 0
    }
}
