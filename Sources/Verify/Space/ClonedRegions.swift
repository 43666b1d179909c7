import Datasets
import Vdevs

/// The parts of vdevs in which blocks were cloned, for a pool with more clones than memory can hold.
///
/// A block reference table counts its entries for each 16 MiB of its vdev (`bv_entcount`, `module/zfs/brt.c`), so that
/// two bytes tell where a block may be a clone.
struct ClonedRegions: Sendable {
    /// By vdev; nil for one whose counters can't be read, of which any block may be a clone.
    private let counters: [UInt32: [UInt16]?]

    init(_ tables: [BlockReferences]) {
        counters = Dictionary(
            tables.map { ($0.vdev, try? $0.counters()) }, uniquingKeysWith: { first, _ in first })
    }

    func contains(_ address: DVA) -> Bool {
        guard let known = counters[address.vdev] else { return false }
        guard let known else { return true }
        let region = Int(truncatingIfNeeded: address.offset / BlockReferences.rangeSize)
        return region < known.count && known[region] > 0
    }
}
