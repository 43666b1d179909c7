import Bytes
import Datasets

/// DD1, DD2: directories and their child maps lead to each other, every directory can be reached by a name that is one,
/// and each has its own head.
struct DirectoryTreeCheck: Check {
    static let kinds: [ProblemKind] = [
        .dslUnreadable, .dslEntry, .dslParent, .dslUnreachable, .dslName, .dslHead,
    ]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        for (object, cause) in graph.unreadable.sorted(by: { $0.key < $1.key }) {
            var location = Location()
            location.objectSet = 0
            location.object = object
            context.report(
                Problem(.dslUnreadable, at: location, evidence: Record(["cause": .text(cause)])))
        }
        for directory in graph.sortedDirectories where !directory.isUnreadable {
            guard !context.isCancelled else { return }
            checkEntries(of: directory, graph, context)
            checkParent(of: directory, graph, context)
            checkHead(of: directory, graph, context)
        }
        for dataset in graph.sortedDatasets where !isMember(dataset, graph) {
            report(
                .dslHead, graph.location(ofDataset: dataset.object), context,
                .comparison("ds_dir_obj", found: dataset.stored.directory))
        }
    }

    /// Each entry of the child map leads to a directory of its own with a name that can be.
    private func checkEntries(
        of directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        for entry in directory.children {
            var location = graph.location(ofDirectory: directory.object)
            location.object = directory.stored.childMap
            location.key = entry.name
            guard let child = entry.object, let found = graph.directories[child],
                found.listedBy == directory.object
            else {
                if let child = entry.object, graph.isUnreadable(child) { continue }
                report(
                    .dslEntry, location, context,
                    Record([
                        "leads_to": .number(entry.object ?? 0),
                        "cause": .text(cause(entry, graph)),
                    ]))
                continue
            }
            if let flaw = DatasetName.flaw(inPart: entry.name) {
                report(.dslName, location, context, Record(["cause": .text(flaw)]))
            }
        }
    }

    private func cause(_ entry: GraphDirectory.Entry, _ graph: DatasetGraph) -> String {
        guard let child = entry.object else { return "its value is not one number" }
        guard let found = graph.directories[child] else { return "there is no such directory" }
        if child == graph.root { return "that is the directory of the pool" }
        return "that directory is listed by directory \(found.listedBy ?? 0) too"
    }

    private func checkParent(
        of directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let location = graph.location(ofDirectory: directory.object)
        guard directory.object == graph.root || directory.listedBy != nil else {
            // Its name may stand in a map that can't be read.
            let parent = directory.stored.parent
            guard !graph.isUnreadable(parent), isMapReadable(of: parent, graph, context) else {
                context.leaveUnchecked(
                    "the name of directory \(directory.object)",
                    "the child map of directory \(parent) can't be read")
                return
            }
            report(
                .dslUnreachable, location, context,
                Record(["parent": .number(directory.stored.parent)]))
            return
        }
        let expected = directory.listedBy ?? 0
        if directory.stored.parent != expected {
            report(
                .dslParent, location, context,
                .comparison("dd_parent_obj", expected: expected, found: directory.stored.parent))
        }
        if let name = directory.name, name.utf8.count > DatasetName.longest {
            report(
                .dslName, location, context,
                Record(["cause": .text("it has \(name.utf8.count) bytes")]))
        }
    }

    private func isMapReadable(
        of directory: UInt64, _ graph: DatasetGraph, _ context: CheckContext
    ) -> Bool {
        guard let parent = graph.directories[directory], parent.stored.childMap != 0 else {
            return true
        }
        return (try? context.pool.meta.zap(parent.stored.childMap)) != nil
    }

    private func checkHead(
        of directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let number = directory.stored.headDataset
        // The directories of the MOS and of what is to be freed have no dataset.
        guard number != 0 || !directory.isInternal else { return }
        guard !graph.isUnreadable(number) else { return }
        guard graph.datasets[number]?.stored.directory == directory.object else {
            // Where the head names another directory, the dataset is reported.
            guard graph.datasets[number] == nil || directory.head != number else { return }
            report(
                .dslHead, graph.location(ofDirectory: directory.object), context,
                .comparison(
                    "dd_head_dataset_obj",
                    expected: directory.head != number ? directory.head : nil, found: number))
            return
        }
    }

    /// Whether the directory that a dataset names is one that has it.
    private func isMember(_ dataset: GraphDataset, _ graph: DatasetGraph) -> Bool {
        guard let directory = graph.directories[dataset.stored.directory] else {
            return graph.isUnreadable(dataset.stored.directory)
        }
        return directory.chain.contains(dataset.object)
    }

    private func report(
        _ kind: ProblemKind, _ location: Location, _ context: CheckContext, _ evidence: Record
    ) {
        context.report(Problem(kind, at: location, evidence: evidence))
    }
}
