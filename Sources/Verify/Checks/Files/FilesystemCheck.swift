import Bytes
import Datasets
import Devices
import Files
import Objects
import Synchronization
import Vdevs

/// Every file system and volume, heads and snapshots: names against objects, attributes, accounting.
///
/// A dataset that shares its root block with another is looked at once. Large ones are worked on by all threads one
/// after another, small ones each by one thread.
struct FilesystemCheck: Check {
    static let kinds: [ProblemKind] = [
        .entryToFreeObject, .entryToWrongObject, .entryKind, .fileName, .linkCount,
        .directorySize, .parentMismatch, .parentStale, .directoryNamedTwice, .directoryLoop,
        .orphan, .masterNode, .unlinkedUnlisted, .unlinkedMissing, .unlinkedNamed,
        .attributeDirectory, .attributeList, .fileMode, .fileAttribute, .dataPastEnd, .accessList,
        .projectFlag, .volumeSize, .attributeTables, .attributeBuffer, .accountingMismatch,
        .accountingEntry, .objectSetHeader,
    ]

    func run(_ context: CheckContext) {
        let datasets = Self.distinctDatasets(context)
        let large = datasets.filter { $0.objectCount >= Self.largeCount }
        let small = datasets.filter { $0.objectCount < Self.largeCount }
        let threads = context.options.threadCount
        let memory = context.options.memory / Self.shareOfMemory
        let whole = FilesystemShare(memory: memory, threadCount: threads, isLastTry: true)
        for dataset in large where !context.isCancelled {
            _ = Self.check(dataset, context, whole)
        }
        let workers = max(1, min(threads, small.count))
        let part = FilesystemShare(
            memory: memory / workers, threadCount: 1, isLastTry: workers == 1)
        let postponed = Mutex<[Int]>([])
        WorkerPool(threadCount: workers).forEach(below: small.count) { index in
            guard !context.isCancelled, !Self.check(small[index], context, part) else { return }
            postponed.withLock { $0.append(index) }
        }
        for index in postponed.withLock({ $0.sorted() }) where !context.isCancelled {
            _ = Self.check(small[index], context, whole)
        }
    }

    /// What the census notes and the tables of shared blocks live on beside it.
    private static let shareOfMemory = 2

    /// Objects from which on a dataset is worth all threads.
    private static let largeCount: UInt64 = 1 << 17

    /// Those with contents, each root block once.
    private static func distinctDatasets(_ context: CheckContext) -> [Dataset] {
        let all: [Dataset]
        do {
            all = try context.pool.datasets().datasets
        } catch {
            context.leaveUnchecked("the files of all datasets", "\(error)")
            return []
        }
        var seen: Set<BlockPointer> = []
        return all.filter { !$0.rootPointer.isHole && seen.insert($0.rootPointer).inserted }
    }

    /// Returns false where it takes more than its share of memory.
    private static func check(
        _ dataset: Dataset, _ context: CheckContext, _ share: FilesystemShare
    ) -> Bool {
        guard !dataset.stored.flags.contains(.inconsistent) else {
            leave(dataset, context, "a receive into it or its destruction is not finished")
            return true
        }
        let set: ObjectSet
        do {
            set = try context.contents.objectSet(of: dataset)
        } catch {
            leave(dataset, context, "\(error)")
            return true
        }
        guard !context.contents.isLocked(dataset) else {
            leave(dataset, context, "\(FilesError(.noKey))")
            return true
        }
        switch set.type {
        case .filesystem: return check(set, of: dataset, context, share)
        case .volume: VolumeAudit(context: context, dataset: dataset, set: set).run()
        case .other: checkFirstObject(set, of: dataset, context)
        default: break
        }
        return true
    }

    /// An object set that is no file system and no volume may hold anything, but not what those begin with.
    private static func checkFirstObject(
        _ set: ObjectSet, of dataset: Dataset, _ context: CheckContext
    ) {
        // Nobody has to make an object of that number, and what can't be read is told where it is.
        guard let first = try? set.object(1), first.type == .volume || first.type == .masterNode
        else { return }
        var location = Location()
        location.dataset = dataset.name
        location.objectSet = dataset.object
        context.report(
            Problem(
                .objectSetHeader, at: location,
                evidence: Record([
                    "field": .text(ObjectSetHeader.Layout.type.name), "found": .text("\(set.type)"),
                    "cause": .text("its first object is of type \(first.type)"),
                ])))
    }

    private static func check(
        _ set: ObjectSet, of dataset: Dataset, _ context: CheckContext, _ share: FilesystemShare
    ) -> Bool {
        do throws(FilesError) {
            let filesystem = try Filesystem(set)
            return FilesystemAudit(context, dataset, filesystem, share).run()
        } catch {
            guard error.reason != .neverWritten else { return true }
            if !error.isUnreadableBlock {
                var location = Location()
                location.dataset = dataset.name
                location.objectSet = dataset.object
                location.object = Filesystem.masterNode
                context.report(
                    Problem(
                        .masterNode, at: location, evidence: Record(["cause": .text("\(error)")])))
            }
            leave(dataset, context, "\(error)")
            return true
        }
    }

    private static func leave(_ dataset: Dataset, _ context: CheckContext, _ why: String) {
        context.leaveUnchecked("the files of \(dataset.name)", why)
    }
}

extension FilesError {
    /// Whether a block was missing or failed its checksum, which is told where the block is.
    var isUnreadableBlock: Bool {
        guard case .object(let error) = reason else { return false }
        return error.isUnreadableBlock
    }
}

extension ObjectError {
    /// The same of an object.
    var isUnreadableBlock: Bool {
        if case .block = reason { true } else { false }
    }
}
