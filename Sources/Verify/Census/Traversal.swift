import Blocks
import Devices
import Vdevs

/// The one walk over everything that a pool's trees hold, in parallel, each block visited once.
///
/// A block that several snapshots share is visited in the oldest that has it, because each tree is
/// entered only for what was born after the snapshot before. Damage cuts off the subtree below it and
/// nothing else. Mirrors `traverse_pool` (`module/zfs/dmu_traverse.c`).
struct Traversal: Sendable {
    let source: any BlockSource
    let threadCount: Int
    private let visited: VisitedBlocks

    /// `memory` is what the numbers of the blocks that were entered may take, in bytes.
    init(source: any BlockSource, threadCount: Int, memory: Int) {
        visited = VisitedBlocks(memory: memory)
        self.source = source
        self.threadCount = max(1, threadCount)
    }

    /// Walks everything below `roots`; returns the visitors, one for each worker.
    ///
    /// `makeVisitor` is called in each worker; `isCancelled` is asked before each block that is read. Blocks of
    /// pointers that an earlier run of the same traversal entered are not entered again.
    func run<Visitor: CensusVisitor & ~Copyable>(
        _ roots: [CensusRoot], isCancelled: @escaping @Sendable () -> Bool = { false },
        makeVisitor: @escaping @Sendable (Int) -> sending Visitor,
        finish: @escaping @Sendable (consuming sending Visitor) -> Void
    ) {
        // A head that has not changed since its last snapshot shares even its root with it.
        let tasks = roots.filter { $0.pointer.birth > $0.floor }.map { root in
            CensusTask(
                pointer: root.pointer, place: root.place,
                scope: CensusScope(floor: root.floor, resume: root.resume),
                content: Self.content(of: root))
        }
        let stack = WorkStack(tasks, workerCount: threadCount)
        let visited = visited
        WorkerPool(threadCount: threadCount).forEach(below: threadCount) { index in
            var worker = TraversalWorker(
                source: source, stack: stack, visited: visited, visitor: makeVisitor(index))
            worker.run(isCancelled: isCancelled)
            finish(worker.visitor)
        }
    }

    private static func content(of root: CensusRoot) -> CensusTask.Content {
        if root.place.level == BlockPlace.rootLevel { return .objectSet }
        return root.pointer.level == 0 && root.pointer.type == .dnode ? .dnodes : .pointers
    }
}
