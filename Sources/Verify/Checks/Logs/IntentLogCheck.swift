import Datasets
import Devices
import Files
import Objects
import Vdevs

/// The intent log of every file system and volume: its header, its chain, and whether it can be replayed.
///
/// Snapshots have none. Blocks that can't be read are told by the walk.
struct IntentLogCheck: Check {
    static let kinds: [ProblemKind] = [
        .logHeader, .logChain, .logRecord, .logRecordRefused, .logPointer,
    ]

    func run(_ context: CheckContext) {
        // Whoever reads the tree tells why it can't be read.
        guard let tree = try? context.pool.datasets() else { return }
        let heads = tree.datasets.filter { !$0.isSnapshot && !$0.rootPointer.isHole }
        WorkerPool(threadCount: context.options.threadCount).forEach(below: heads.count) { index in
            guard !context.isCancelled else { return }
            do throws(PoolError) {
                let set = try context.contents.objectSet(of: heads[index])
                var audit = IntentLogAudit(context, heads[index], set)
                audit.run()
            } catch {
                context.leaveUnchecked("the intent log of \(heads[index].name)", "\(error)")
            }
        }
    }
}
