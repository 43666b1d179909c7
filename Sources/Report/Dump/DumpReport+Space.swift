import Bytes
import Datasets
import Vdevs

extension DumpReport {
    /// The top-level vdevs with their space, class and fragmentation, and the tree that they belong to.
    func showVdevs() {
        let books = pool.spaceBooks()
        output.section(
            Section(
                type: "vdev_space", title: "Top-level vdevs",
                .table(
                    books.vdevs.map(\.record),
                    columns: [
                        Column("vdev"), Column("kind"), Column("class"), Column("size"),
                        Column("allocated"), Column("free"),
                        Column("share", "USED") { $0.percentText },
                        Column("fragmentation", "FRAG %"), Column("metaslabs"),
                        Column("metaslab_size", "OF"),
                    ])))
        showTree()
        if verbosity > 0 { showConfig() }
    }

    /// The metaslabs of all vdevs, with the log space maps folded in.
    func showMetaslabs() {
        let books = pool.spaceBooks()
        let rows = books.vdevs.flatMap { $0.metaslabs.map(\.record) }
        var columns = [
            Column("vdev"), Column("metaslab"), Column("offset"), Column("spacemap", "SPACE MAP"),
            Column("free"), Column("allocated"), Column("fragmentation", "FRAG %"),
            Column("unflushed_txg", "UNFLUSHED TXG"),
        ]
        if verbosity > 0 { columns.append(Column("histogram", "FREE RUNS BY LOG2 OF SIZE")) }
        output.section(
            Section(type: "metaslab", title: "Metaslabs", .table(rows, columns: columns)))
    }

    /// The space maps as they stand on disk, and the log space maps; the entries are `OBJECT -v`.
    func showSpaceMaps() {
        let books = pool.spaceBooks()
        let rows = books.vdevs.flatMap { $0.metaslabs.filter { $0.spaceMap != 0 } }
            .map(\.record)
        output.section(
            Section(
                type: "space_map", title: "Space maps",
                .table(
                    rows,
                    columns: [
                        Column("spacemap", "OBJECT"), Column("vdev"), Column("metaslab"),
                        Column("map_length", "LENGTH"), Column("map_allocated", "ALLOCATED"),
                        Column("unflushed", "IN LOGS"),
                    ])))
        output.section(
            Section(
                type: "log_space_map", title: "Log space maps",
                .table(
                    books.logs.logs.map(\.record),
                    columns: [
                        Column("txg"), Column("object"), Column("length"), Column("allocated"),
                    ])))
    }

    /// The tree of devices with the health that those at hand give it.
    func showTree() {
        output.section(
            Section(
                type: "vdev", title: "Devices",
                .tree(
                    [
                        DeviceTree(pool.candidate, root: pool.rootConfig)
                            .node(pool.rootConfig, label: pool.name)
                    ],
                    columns: DeviceTree.columns(verbosity))))
    }
}

extension Record.Value {
    /// A ratio as per cent.
    var percentText: String {
        if case .ratio(let share) = self { Units.percent(share) } else { text }
    }
}
