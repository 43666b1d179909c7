import Bytes
import Datasets

extension DumpReport {
    /// The properties of every dataset with where each comes from, as `zfs get -p all` has them; without `-v` only
    /// those that were set.
    func showProperties() throws(PoolError) {
        let properties = try DatasetProperties(pool)
        for dataset in try pool.datasets().datasets {
            show(properties.properties(of: dataset), of: dataset, title: dataset.name)
        }
    }

    /// Those of one dataset.
    func showProperties(of dataset: Dataset) throws(PoolError) {
        let properties = try DatasetProperties(pool)
        show(properties.properties(of: dataset), of: dataset, title: "Properties")
    }

    private func show(_ properties: [Property], of dataset: Dataset, title: String) {
        let isComplete = verbosity > 0 || output.options.isJSON
        let rows = isComplete ? properties : properties.filter(\.isSet)
        guard !rows.isEmpty else { return }
        let records = rows.map { property in
            var record = Record(["dataset": .text(dataset.name)])
            for entry in property.record.entries { record.add(entry.name, entry.value) }
            return record
        }
        output.section(
            Section(
                type: "property", title: title,
                .table(
                    records, columns: [Column("property"), Column("value"), Column("source")])))
    }
}

extension Property {
    /// Whether somebody set it, here or above.
    fileprivate var isSet: Bool {
        switch source {
        case .local, .received, .inherited: true
        case .standard, .computed: false
        }
    }
}
