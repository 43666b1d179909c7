import Bytes
import Datasets
import Objects
import Vdevs

extension DumpReport {
    /// What an object holds: a ZAP's entries, a space map's totals, else its first bytes.
    func showContents(of object: DMUObject, dataset: String) {
        do throws(ObjectError) {
            switch object.type.content {
            case .zap: try showZAP(object, dataset: dataset)
            default:
                if object.type == .spaceMap {
                    try showSpaceMap(object)
                } else {
                    try showBytes(object)
                }
            }
        } catch {
            pool.notes.damage(
                "\(dataset), object \(object.number)", "\(error)", code: .objectUnreadable)
        }
    }

    private func showZAP(_ object: DMUObject, dataset: String) throws(ObjectError) {
        let zap = try ZAP(object)
        let (entries, problems) = zap.contents()
        for problem in problems {
            pool.notes.damage(
                "\(dataset), object \(object.number)", problem.what, code: .zap(problem.kind))
        }
        output.section(Section(type: "zap", title: "ZAP", .record(zap.record)))
        if verbosity > 0, let statistics = zap.statistics() {
            output.section(
                Section(type: "zap_statistics", title: "Leaves", .record(statistics.record)))
        }
        let rows = entries.sorted { $0.name < $1.name }.map { entry in
            Record([
                "key": .text(entry.name),
                "value": entry.uint64.map { .number($0) } ?? entry.value.recordValue,
                "integer_size": .number(UInt64(entry.integerSize)),
                "count": .number(UInt64(entry.value.count)), "hash": .word(entry.hash),
                "block": .number(entry.block),
            ])
        }
        var columns = [Column("key"), Column("value")]
        if verbosity > 0 { columns += [Column("hash"), Column("block")] }
        output.section(
            Section(type: "zap_entry", title: "Entries", .table(rows, columns: columns)))
    }

    private func showSpaceMap(_ object: DMUObject) throws(ObjectError) {
        let map = try SpaceMap(object)
        var rows: [Record] = []
        let isShown = verbosity > 0
        let problems = map.forEachEntry { entry in
            guard isShown else { return }
            rows.append(
                Record([
                    "position": .offset(entry.position),
                    "kind": entry.kind == .allocation ? "alloc" : "free",
                    "offset": .word(entry.offset), "run": .word(entry.run),
                    "vdev": entry.vdev.map { .number(UInt64($0)) } ?? .none,
                    "txg": .number(entry.txg), "sync_pass": .number(UInt64(entry.syncPass)),
                ]))
        }
        for problem in problems {
            pool.notes.damage(
                "space map \(object.number)", problem.what, code: .spaceMap(problem.kind))
        }
        output.section(Section(type: "space_map", title: "Space map", .record(map.header.record)))
        guard isShown else { return }
        output.section(
            Section(
                type: "space_map_entry", title: "Entries (in units of the map)",
                .table(
                    rows,
                    columns: [
                        Column("position"), Column("kind"), Column("offset"), Column("run"),
                        Column("vdev"), Column("txg"), Column("sync_pass", "PASS"),
                    ])))
    }

    private func showBytes(_ object: DMUObject) throws(ObjectError) {
        let count = min(object.byteCount, verbosity > 0 ? 65_536 : 512)
        let bytes = try object.read(at: 0, count: Int(count))
        let record = Record([
            "object": .number(object.number), "bytes": .data(bytes),
            "bonus": .data(object.bonus),
        ])
        if !object.bonus.isEmpty {
            output.section(
                Section(
                    type: "bonus", title: "Bonus",
                    .lines(HexView.lines(object.bonus), Record(["bonus": .data(object.bonus)]))))
        }
        output.section(
            Section(
                type: "contents", title: "Contents (the first \(Units.size(count)))",
                .lines(HexView.lines(bytes), record)))
    }
}
