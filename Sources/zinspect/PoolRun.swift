import Bytes
import Datasets
import Devices
import Report

/// Finds and opens the pool that a command names, and tells the output about it.
struct PoolRun {
    private let flags: PoolFlags

    init(_ flags: PoolFlags) { self.flags = flags }

    /// Runs `body` with the pool; throws what keeps it from being opened.
    func callAsFunction(
        _ name: String, _ output: Output, _ body: (Pool) throws -> Void
    ) throws {
        let selector = PoolSelector(
            search: flags.search, cacheFile: flags.cachefile,
            opener: DeviceOpener(seconds: flags.devices.ioTimeout))
        let pool = try Pool.open(try selector.select(name), PoolOptions(state))
        output.header(
            Record([
                "pool": .text(pool.name), "guid": .guid(pool.guid), "txg": .txg(pool.txg),
            ]))
        try body(pool)
    }

    private var state: PoolOptions.State {
        if flags.checkpoint { return .checkpoint }
        return flags.txg.map { .txg(TransactionGroup($0)) } ?? .newest
    }
}
