import Datasets
import Files
import Objects
import Synchronization
import Vdevs

/// The object sets that ZAPs are read from, with their keys where they have one.
///
/// Each keeps blocks that were read; threads go from set to set, so that only those that they are at are kept.
final class ZAPObjectSets: Sendable {
    private struct Key: Equatable {
        let objectSet: UInt64
        let isSealed: Bool
    }

    private let context: CheckContext
    private let roots: [UInt64: BlockPointer]
    private let opened: Mutex<RecentlyUsed<Key, ObjectSet?>>

    init(_ context: CheckContext, _ roots: [UInt64: BlockPointer]) {
        self.context = context
        self.roots = roots
        opened = Mutex(RecentlyUsed(limit: context.options.threadCount + 1))
    }

    /// The set of a ZAP; nil, told once, where it can't be read without its key.
    func objectSet(_ place: ZAPFindings.Place) -> ObjectSet? {
        let key = Key(objectSet: place.objectSet, isSealed: place.isSealed)
        return opened.withLock { opened in
            if let known = opened.value(of: key) { return known }
            let set = open(key)
            opened.keep(set, for: key)
            return set
        }
    }

    private func open(_ key: Key) -> ObjectSet? {
        do {
            guard key.isSealed else {
                return try roots[key.objectSet].map {
                    try ObjectSet(source: context.pool.reader, pointer: $0)
                }
            }
            guard let dataset = try context.pool.datasets().dataset(object: key.objectSet) else {
                context.leaveUnchecked(
                    "the directories of object set \(key.objectSet)",
                    "no dataset of that number has a name")
                return nil
            }
            guard !context.contents.isLocked(dataset) else {
                context.leaveUnchecked(
                    "the directories of \(dataset.name)", "it is encrypted and no key was given")
                return nil
            }
            return try context.contents.objectSet(of: dataset)
        } catch {
            context.leaveUnchecked("the ZAPs of object set \(key.objectSet)", "\(error)")
            return nil
        }
    }
}
