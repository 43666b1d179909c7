import Bytes
import Datasets
import Files
import Vdevs

extension ListReport {
    /// All file systems, volumes and snapshots, and the files of the first where a whole listing was asked for.
    func showDatasets() throws(PoolError) {
        let tree = try pool.datasets()
        let dump = DumpReport(contents, output)
        let rows = tree.datasets.map { dataset in
            var row = dump.row(dataset, in: tree)
            row.add("locked", contents.isLocked(dataset) ? .flag(true) : nil)
            return row
        }
        output.section(
            Section(
                type: "dataset", title: "",
                .table(
                    rows,
                    columns: [
                        Column("name"), Column("kind"), Column("used"), Column("referenced"),
                        Column("creation_time", "CREATED (UTC)"), Column("locked"),
                    ])))
        guard options.isRecursive else { return }
        for dataset in tree.datasets where !dataset.isSnapshot && !dataset.rootPointer.isHole {
            do throws(FilesError) {
                guard case .filesystem(let filesystem) = try contents.open(dataset) else {
                    continue
                }
                var walk = ListWalk(
                    report: self, dataset: dataset.name, isTitled: true, isFirst: false)
                try walk.run(try filesystem.file(filesystem.root), at: [])
            } catch {
                switch error.reason {
                case .noKey: output.unchecked(what: dataset.name, why: "\(error.reason)")
                case .neverWritten: continue
                case .pool(.cancelled): throw .cancelled
                default: pool.notes.damage(dataset.name, "\(error)", code: .filesystemUnreadable)
                }
            }
        }
    }
}
