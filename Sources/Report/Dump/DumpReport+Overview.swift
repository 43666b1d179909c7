import Bytes
import Datasets
import Vdevs

extension DumpReport {
    /// What a person wants to know first: which pool, how it is, what it is made of, what is in it.
    func showOverview() {
        output.section(Section(type: "pool", title: pool.name, .record(summary)))
        showTree()
        showFeatureNames()
        do throws(PoolError) {
            try showDatasets()
        } catch {
            pool.notes.damage("the datasets", "\(error)", code: .datasetsUnreadable)
        }
    }

    private var summary: Record {
        let identity = pool.candidate.identity
        var record = Record([
            "guid": .guid(pool.guid),
            "state": .text(pool.candidate.state.map { "\($0)" } ?? "unknown"),
            "health": .text(pool.candidate.health.rawValue),
            "version": .number(pool.version),
            "txg": .txg(pool.txg), "time": .time(pool.uberblock.timestamp),
        ])
        if pool.isCheckpoint { record.add("reading", "the checkpointed state") }
        let space = pool.spaceBooks().total(of: .normal)
        if space.size > 0 {
            record.add("size", .bytes(space.size))
            record.add("allocated", .bytes(space.allocated))
            record.add("free", .bytes(space.free))
            record.add("used", .text(Units.percent(space.share)))
        }
        record.add("host", identity.hostname.map(Record.Value.text))
        record.add("missing_devices", missing)
        let obstacles = pool.candidate.obstacles
        if !obstacles.isEmpty {
            record.add("import", .list(obstacles.map { .text("\($0)") }))
        }
        return record
    }

    private var missing: Record.Value? {
        let missing = pool.candidate.missing
        return missing.isEmpty ? nil : .list(missing.map { .text($0.name) })
    }

    /// The features in use by name, and those that this version does not know.
    private func showFeatureNames() {
        guard !pool.features.list.isEmpty else { return }
        let active = pool.features.list.filter(\.isActive)
        var record = Record([
            "active": .list(active.map { .text($0.name) }),
            "enabled": .number(UInt64(pool.features.list.count - active.count)),
        ])
        let unknown = pool.features.unknownForReading + pool.features.unknownForWriting
        if !unknown.isEmpty { record.add("unknown", .list(unknown.map { .text($0.guid) })) }
        output.section(Section(type: "features", title: "Features", .record(record)))
    }
}
