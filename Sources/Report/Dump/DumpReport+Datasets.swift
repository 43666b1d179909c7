import Bytes
import Datasets
import Files
import Objects
import Vdevs

extension DumpReport {
    /// All datasets as a table; with `-v` also those of ZFS itself.
    func showDatasets() throws(PoolError) {
        let tree = try pool.datasets()
        let datasets = verbosity > 0 ? tree.root.datasets : tree.datasets
        output.section(
            Section(
                type: "dataset", title: "Datasets",
                .table(
                    datasets.map { row($0, in: tree) },
                    columns: [
                        Column("name"), Column("id"), Column("kind"), Column("used"),
                        Column("referenced"), Column("objects"),
                        Column("creation_txg", "CREATED IN TXG"),
                        Column("creation_time", "CREATED (UTC)"), Column("origin"),
                    ])))
    }

    /// One row: what zfs list shows, and the numbers that link it to the MOS.
    func row(_ dataset: Dataset, in tree: DatasetTree) -> Record {
        let stored = dataset.stored
        let node = tree.node(of: dataset)
        var row = Record([
            "name": .text(dataset.name), "id": .number(dataset.object),
            "kind": .text(kind(of: dataset)),
        ])
        row.add(
            "used",
            .bytes(dataset.isSnapshot ? stored.uniqueBytes : node?.directory.usedBytes ?? 0))
        row.add("referenced", .bytes(stored.referencedBytes))
        row.add("objects", .number(dataset.objectCount))
        row.add("creation_txg", .txg(stored.creationTxg))
        row.add("creation_time", .time(stored.creationTime))
        row.add("origin", origin(of: dataset, node, in: tree))
        row.add("guid", .guid(stored.guid))
        return row
    }

    /// The snapshot that a clone was made from; all others descend from an empty one of ZFS itself.
    private func origin(
        of dataset: Dataset, _ node: DatasetNode?, in tree: DatasetTree
    ) -> Record.Value? {
        guard !dataset.isSnapshot, let origin = node?.directory.origin, origin != 0 else {
            return nil
        }
        guard let snapshot = tree.dataset(object: origin) else { return "object \(origin)" }
        return tree.node(of: snapshot)?.isInternal == true ? nil : .text(snapshot.name)
    }

    /// `filesystem`, `volume` or `snapshot`; what can't be read is just a dataset.
    private func kind(of dataset: Dataset) -> String {
        if dataset.isSnapshot { return "snapshot" }
        // The head of `$ORIGIN` never gets an object set, and a new dataset has none until it is mounted.
        if dataset.rootPointer.isHole { return "empty" }
        do {
            let type = try pool.objectSet(of: dataset).type
            return type == .filesystem ? "filesystem" : type == .volume ? "volume" : "\(type)"
        } catch {
            pool.notes.damage("dataset \(dataset.name)", "\(error)", code: .objectSetUnreadable)
            return "unreadable"
        }
    }

    /// One dataset: its DSL structures, its properties, its objects with `-v`.
    func showDataset(_ name: String) throws(PoolError) {
        guard !PoolItem(dataset: name).isMeta else { return try showMeta() }
        let dataset = try contents.dataset(named: name)
        let tree = try pool.datasets()
        var facts = row(dataset, in: tree)
        for entry in dataset.stored.record.entries where facts[entry.name] == nil {
            facts.add(entry.name, entry.value)
        }
        output.section(Section(type: "dataset", title: dataset.name, .record(facts)))
        let fields = dataset.fields.record
        if !fields.entries.isEmpty {
            output.section(
                Section(type: "dataset_fields", title: "Further fields", .record(fields)))
        }
        if let node = tree.node(of: dataset), !dataset.isSnapshot {
            output.section(
                Section(type: "directory", title: "Directory", .record(node.directory.record)))
        }
        try showProperties(of: dataset)
        guard !dataset.rootPointer.isHole else { return }
        showObjects(of: try contents.objectSet(of: dataset), dataset: dataset.name)
    }
}
