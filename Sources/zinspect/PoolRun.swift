import Bytes
import Datasets
import Devices
import Report

/// Finds and opens the pool that a command names, and tells the output about it.
struct PoolRun {
    private let flags: PoolFlags

    init(_ flags: PoolFlags) { self.flags = flags }

    /// Runs `body` with the pool; throws what keeps it from being found.
    ///
    /// Where it can't be opened, `closed` is run instead with the reason; without it, that is thrown.
    func callAsFunction(
        _ name: String, _ output: Output,
        closed: (PoolCandidate, PoolError) throws -> Void = { throw $1 },
        _ body: (Pool) throws -> Void
    ) throws {
        let candidate = try find(name)
        let pool: Pool
        do throws(PoolError) {
            pool = try Pool.open(candidate, PoolOptions(state))
        } catch {
            return try closed(candidate, error)
        }
        output.header(
            Record([
                "pool": .text(pool.name), "guid": .guid(pool.guid), "txg": .txg(pool.txg),
            ]))
        try body(pool)
    }

    /// The pool as its labels describe it, for what opens its states by itself.
    func find(_ name: String) throws -> PoolCandidate { try selector.select(name) }

    private var selector: PoolSelector {
        PoolSelector(
            search: flags.search, cacheFile: flags.cachefile,
            opener: DeviceOpener(seconds: flags.devices.ioTimeout))
    }

    private var state: PoolOptions.State {
        if flags.checkpoint { return .checkpoint }
        return flags.txg.map { .txg(TransactionGroup($0)) } ?? .newest
    }
}
