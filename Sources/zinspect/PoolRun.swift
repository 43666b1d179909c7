import Bytes
import Datasets
import Devices
import Report

/// Finds and opens the pool that a command names, and tells the output about it.
struct PoolRun {
    private let flags: PoolFlags
    /// Whether the file of `--overlay` is going to be written, and may not be there yet.
    private let writesOverlay: Bool
    /// Whether a device that was detached from its pool will do, if it can be one by itself.
    private let takesDetached: Bool

    init(_ flags: PoolFlags, writesOverlay: Bool = false, takesDetached: Bool = false) {
        self.flags = flags
        self.writesOverlay = writesOverlay
        self.takesDetached = takesDetached
    }

    /// Runs `body` with the pool; throws what keeps it from being found.
    ///
    /// Where it can't be opened, `closed` is run instead with the reason; without it, that is thrown.
    func callAsFunction(
        _ name: String, _ output: Output,
        closed: (PoolCandidate, PoolError) throws -> Void = { throw $1 },
        _ body: (Pool) throws -> Void
    ) throws {
        let overlay = try flags.openedOverlay(mayBeNew: writesOverlay)
        let candidate = try selector(overlay).select(name)
        let pool: Pool
        do throws(PoolError) {
            pool = try Pool.open(candidate, PoolOptions(state))
        } catch {
            return try closed(candidate, error)
        }
        var header = Record([
            "pool": .text(pool.name), "guid": .guid(pool.guid), "txg": .txg(pool.txg),
        ])
        header.add("overlay", overlay.map { .text($0.path) })
        output.header(header)
        try body(pool)
    }

    /// The pool as its labels describe it, for what opens its states by itself.
    func find(_ name: String) throws -> PoolCandidate {
        try selector(try flags.openedOverlay(mayBeNew: writesOverlay)).select(name)
    }

    private func selector(_ overlay: PoolOverlay?) -> PoolSelector {
        PoolSelector(
            search: flags.search, cacheFile: flags.cachefile,
            opener: DeviceOpener(seconds: flags.devices.ioTimeout), overlay: overlay,
            takesDetached: takesDetached)
    }

    private var state: PoolOptions.State {
        if flags.checkpoint { return .checkpoint }
        return flags.txg.map { .txg(TransactionGroup($0)) } ?? .newest
    }
}
