import Bytes
import Vdevs

extension PoolSpace {
    /// The least that is kept free (`spa_min_slop`), and the most (`spa_max_slop`).
    private static let minimumSlop: UInt64 = 128 << 20
    private static let maximumSlop: UInt64 = 128 << 30

    init(
        _ books: SpaceBooks, _ deflation: Deflation, shared: UInt64, withheld: UInt64
    ) {
        var size: UInt64 = 0
        var embedded: UInt64 = 0
        var gained = shared
        for vdev in books.vdevs {
            switch vdev.allocationClass {
            case .normal:
                let log = vdev.embeddedLogSize
                embedded.addClamped(deflation.charged(log, on: vdev.id))
                guard !vdev.config.isNonAllocating else { continue }
                let own = vdev.metaslabs.reduce(into: UInt64(0)) {
                    $0.addClamped(deflation.charged($1.size, on: vdev.id))
                }
                size.addClamped(own - min(own, deflation.charged(log, on: vdev.id)))
            case .special, .dedup:
                gained.addClamped(deflation.charged(vdev.total.allocated, on: vdev.id))
            case .log: break
            }
        }
        var slop = min(size >> 5, Self.maximumSlop)
        slop -= min(embedded, slop >> 1)
        slop = max(slop, min(size >> 1, Self.minimumSlop))
        self.init(size: size, gained: gained, slop: slop, withheld: withheld)
    }
}

extension VdevSpace {
    /// The size of the metaslab that is set aside for intent logs where there are more than 64
    /// (`zfs_embedded_slog_min_ms`); 0 in a smaller vdev.
    fileprivate var embeddedLogSize: UInt64 {
        metaslabs.count > 64 ? metaslabSize : 0
    }
}
