package import Bytes
import Datasets
import Objects

/// All DSL directories and datasets of a pool with the links between them, just as they are stored.
///
/// Unlike `DatasetTree`, which follows the names, it holds every object of the MOS whose bonus is one of the two, so that
/// what the names do not lead to is seen too.
package struct DatasetGraph: Sendable {
    package var directories: [UInt64: GraphDirectory] = [:]
    package var datasets: [UInt64: GraphDataset] = [:]
    /// Objects whose bonus says directory or dataset but can't be read as one, with the reason.
    package var unreadable: [UInt64: String] = [:]
    /// Numbers of objects whose dnodes can't be read.
    package var lost: [ClosedRange<UInt64>] = []
    /// Whether there is no memory for it; all objects count as lost then.
    package var isOmitted = false
    /// The directory of the pool's name; nil where there is none.
    package var root: UInt64?
    /// The directories that can be reached, by names or by what they say is above them, each before those below it.
    package var order: [UInt64] = []

    /// Whether the object may be there but can't be read, so that nothing follows from its absence.
    package func isUnreadable(_ object: UInt64) -> Bool {
        unreadable[object] != nil || lost.contains { $0.contains(object) }
    }

    /// The directories in the order of their objects.
    package var sortedDirectories: [GraphDirectory] {
        directories.values.sorted { $0.object < $1.object }
    }
    /// The datasets in the order of their objects.
    package var sortedDatasets: [GraphDataset] { datasets.values.sorted { $0.object < $1.object } }

    /// How a report names a dataset: its own name, or its directory's where it has none.
    package func name(ofDataset object: UInt64) -> String? {
        guard let dataset = datasets[object] else { return nil }
        return dataset.name ?? directories[dataset.directory]?.name
    }

    /// The head of a directory.
    package func head(of directory: GraphDirectory) -> GraphDataset? {
        datasets[directory.head]
    }

    /// The directories that are charged to each.
    package var charged: [UInt64: [UInt64]] {
        Dictionary(
            grouping: directories.values.filter { $0.chargedTo != nil }.map(\.object).sorted()
        ) { directories[$0]?.chargedTo ?? 0 }
    }

    /// The group in which a directory's origin was taken; blocks born later are its own (`dd_origin_txg`).
    package func originTxg(of directory: UInt64) -> TransactionGroup {
        directories[directory].flatMap { datasets[$0.origin] }?.stored.creationTxg
            ?? TransactionGroup(0)
    }

    /// Whether a snapshot says that the dataset follows on it.
    package func follows(_ dataset: UInt64, on snapshot: UInt64) -> Bool {
        guard let before = datasets[snapshot] else { return false }
        return before.nextClones?.contains(dataset) ?? false
            || before.stored.nextSnapshot == dataset
    }

    package func location(ofDataset object: UInt64) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.dataset = name(ofDataset: object)
        return location
    }

    package func location(ofDirectory object: UInt64) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.dataset = directories[object]?.name
        return location
    }
}
