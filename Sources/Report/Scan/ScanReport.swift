import Bytes
package import Datasets
import Devices
import Vdevs
import Verify

/// What `scan` shows: each pool with its devices, then what was found besides.
package struct ScanReport {
    private let findings: PoolFindings
    private let output: Output

    package init(_ findings: PoolFindings, _ output: Output) {
        self.findings = findings
        self.output = output
    }

    /// Neither a pool nor a spare or cache device was found, or something named could not be looked at.
    package var isEmpty: Bool {
        let hasDevices = !findings.spares.isEmpty || !findings.caches.isEmpty
        return (findings.pools.isEmpty && !hasDevices)
            || findings.rejected.contains { $0.isNamed && $0.isUnread }
            || !findings.failures.isEmpty
    }

    package func show() {
        for pool in findings.pools {
            show(pool)
            for member in pool.members {
                for note in member.notes { output.finding(Self.finding(note, of: member)) }
            }
        }
        show(findings.spares, as: "spare", title: "Hot spares")
        show(findings.caches, as: "cache", title: "Cache devices")
        for rejected in findings.rejected where rejected.isNamed || rejected.isUnread {
            output.failure(rejected.reason)
        }
        for failure in findings.failures { output.failure("\(failure)") }
        showOthers()
        if findings.pools.isEmpty { output.failure("no pool was found") }
    }

    private func show(_ pool: PoolCandidate) {
        var record = facts(of: pool)
        if output.options.isJSON {
            let tree = DeviceTree(pool).node(pool.root, label: pool.name)
            record.add("vdev_tree", .record(tree.nested))
            output.section(Section(type: "pool", title: pool.title, .record(record)))
            return
        }
        output.section(
            Section(
                type: "pool", title: pool.name.isEmpty ? "(no name)" : pool.name, .record(record)))
        output.section(
            Section(
                type: "vdev", title: "",
                .tree(
                    [DeviceTree(pool).node(pool.root, label: pool.name)],
                    columns: DeviceTree.columns(output.options.verbosity))))
    }

    private func facts(of pool: PoolCandidate) -> Record {
        let identity = pool.identity
        var record = Record([
            "guid": .guid(pool.guid), "state": .text(pool.state.map { "\($0)" } ?? "unknown"),
            "health": .text(pool.health.rawValue),
        ])
        if output.options.isJSON { record.add("name", .text(pool.name)) }
        record.add("version", identity.version.map { .number($0) })
        if let best = pool.newestUberblock {
            record.add("txg", .txg(best.txg))
            record.add("time", .time(best.timestamp))
        }
        record.add("host", identity.hostname.map { .text($0) })
        if !pool.missing.isEmpty {
            record.add("missing_devices", .list(pool.missing.map { .text(Self.text($0)) }))
        }
        record.add(
            "import",
            pool.obstacles.isEmpty
                ? "nothing stands in the way" : .list(pool.obstacles.map { .text("\($0)") }))
        let notes =
            pool.notes.map(\.text)
            + pool.members.flatMap { member in
                member.notes.map { "\(member.name): \($0)" }
            }
        if !notes.isEmpty { record.add("notes", .list(notes.map { .text($0) })) }
        return record
    }

    /// What is wrong with a device or its labels.
    private static func finding(_ note: String, of member: PoolMember) -> Finding {
        Finding(
            code: "label.damaged", severity: .warning, message: note,
            location: Record(["device": .text(member.name)]))
    }

    private static func text(_ device: MissingDevice) -> String {
        device.name + (device.instead.map { " (\($0))" } ?? "")
    }

    private func show(_ devices: [FoundDevice], as type: String, title: String) {
        guard !devices.isEmpty else { return }
        let rows = devices.map { device in
            var row = Record(["device": .text(device.name)])
            row.add("guid", device.identity.guid.map { .guid($0) })
            return row
        }
        output.section(
            Section(
                type: type, title: title, .table(rows, columns: [Column("device"), Column("guid")]))
        )
    }

    /// What is no part of a pool, when more is asked for.
    private func showOthers() {
        let others = findings.rejected.filter { !$0.isNamed && !$0.isUnread }
        guard output.options.verbosity > 0, !others.isEmpty else { return }
        let rows = others.map { other in
            Record(["device": .text(other.path), "reason": .text(other.reason)])
        }
        output.section(
            Section(
                type: "other", title: "Not part of any pool",
                .table(rows, columns: [Column("reason", "WHAT")])))
    }
}
