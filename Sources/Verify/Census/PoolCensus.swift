import Bytes
import Datasets
import Devices
import Objects
import Vdevs

/// Everything that owns space in a pool, given to visitors: one way for all who ask what is in use.
///
/// The MOS, every dataset and snapshot, intent logs, lists of blocks that wait to be freed, destroyed trees, the
/// checkpoint. Mirrors what `dump_block_stats` (`cmd/zdb/zdb.c`) counts as claimed.
struct PoolCensus<Visitor: SpaceClaimant & ~Copyable> {
    let pool: Pool
    let threadCount: Int
    let interruption: Interruption
    /// What could not be followed, so that what it owns is unknown.
    private(set) var unchecked: [Unchecked] = []
    private(set) var problems = ProblemList()
    /// The blocks of intent logs that were met.
    var logBlocks: MetLogBlocks
    /// Whether there are more than those.
    var isMissingLogBlocks = false
    /// The datasets and snapshots that were walked, once all were.
    private(set) var walked: [UInt64] = []
    /// Called each time that all of some datasets was walked and the workers have handed over what they found, where
    /// somebody wants to go on from there after an interruption.
    var whenWalked: (@Sendable ([UInt64]) -> Void)?
    /// So many parts the datasets are walked in then.
    private static var partCount: Int { 256 }

    /// Whether what only the checkpoint keeps is not visited.
    var leavesOutCheckpoint = false
    /// Bytes that one log or list may take while it is read.
    let workMemory: Int
    /// Whether the copies of a vdev that is being removed are not visited.
    var leavesOutRemoval = false

    /// `memory` is what the whole run may take, in bytes.
    init(_ pool: Pool, threadCount: Int, memory: Int, interruption: Interruption) {
        self.pool = pool
        self.threadCount = threadCount
        workMemory = memory / SharedBlocks.shareOfMemory
        logBlocks = MetLogBlocks(memory: workMemory)
        self.interruption = interruption
    }

    /// Walks everything. `makeVisitor` and `finish` are called in each worker of each part of the walk.
    mutating func run(
        makeVisitor: @escaping @Sendable () -> sending Visitor,
        finish: @escaping @Sendable (consuming sending Visitor) -> Void
    ) {
        let traversal = Traversal(
            source: pool.reader, threadCount: threadCount, memory: workMemory)
        let interruption = interruption
        let cancelled: @Sendable () -> Bool = { interruption.isRequested }
        let datasets = DatasetRoots(memory: workMemory * 2)
        let mos = CensusRoot(
            pointer: pool.uberblock.rootPointer,
            place: BlockPlace(
                objectSet: 0, object: 0, level: BlockPlace.rootLevel, index: 0),
            floor: TransactionGroup(0))
        traversal.run([mos], isCancelled: cancelled) { _ in
            MOSVisitor(makeVisitor(), datasets)
        } finish: { visitor in
            finish(visitor.base)
        }
        if datasets.isFull {
            leaveUnchecked(
                "what some of the datasets own",
                "there are more than there is memory for; a larger `--memory` may be enough")
        }
        var roots = datasets.all.filter { !$0.pointer.isHole }.map { root in
            CensusRoot(
                pointer: root.pointer,
                place: BlockPlace(
                    objectSet: root.object, object: 0, level: BlockPlace.rootLevel, index: 0),
                floor: root.floor)
        }
        roots += destroyedTrees()
        for part in whenWalked == nil ? [roots[...]] : Self.parts(of: roots) {
            traversal.run(Array(part), isCancelled: cancelled) { _ in
                makeVisitor()
            } finish: { visitor in
                finish(visitor)
            }
            guard !interruption.isRequested else { return }
            whenWalked?(part.filter { $0.place.origin == .tree }.map(\.place.objectSet))
        }
        guard !interruption.isRequested else { return }
        walked = roots.filter { $0.place.origin == .tree }.map(\.place.objectSet)
        var visitor = makeVisitor()
        visitLogs(of: datasets.all.filter { !$0.isSnapshot && !$0.pointer.isHole }, &visitor)
        visitLists(&visitor)
        visitDedupLogs(&visitor)
        if !leavesOutCheckpoint { visitCheckpoint(&visitor) }
        if !leavesOutRemoval { visitRemoval(&visitor) }
        finish(visitor)
    }

    private static func parts(of roots: [CensusRoot]) -> [ArraySlice<CensusRoot>] {
        let size = max(1, roots.count / partCount)
        return stride(from: 0, to: roots.count, by: size).map {
            roots[$0..<min($0 + size, roots.count)]
        }
    }

    /// The trees of destroyed datasets that are being freed in the background.
    private mutating func destroyedTrees() -> [CensusRoot] {
        do {
            guard let queue = try pool.destroyedTrees() else { return [] }
            let entries: [BlockPointerTree.Entry]
            do {
                entries = try queue.entries()
            } catch {
                throw PoolError.object(error)
            }
            return entries.enumerated().compactMap { index, entry in
                let resume = ResumePoint(entry.bookmark)
                guard resume != nil else {
                    leaveUnchecked(
                        "destroyed dataset \(index) of object \(queue.object.number)",
                        "it is freed up to a block of level \(entry.bookmark.level), where freeing never stops"
                    )
                    return nil
                }
                return CensusRoot(
                    pointer: entry.pointer,
                    place: BlockPlace(
                        objectSet: queue.object.number, object: 0, level: BlockPlace.rootLevel,
                        index: UInt64(truncatingIfNeeded: index), origin: .destroyedTree),
                    floor: entry.birth,
                    resume: entry.bookmark == BlockBookmark.start ? nil : resume)
            }
        } catch {
            reportList(pool.directory.object(.destroyedTrees), "\(error)")
            return []
        }
    }

    mutating func reportList(_ object: UInt64?, _ cause: String) {
        var location = Location()
        location.objectSet = 0
        location.object = object
        problems.add(
            Problem(.listUnreadable, at: location, evidence: Record(["cause": .text(cause)])))
        leaveUnchecked("blocks that wait to be freed (object \(object ?? 0))", cause)
    }

    mutating func leaveUnchecked(_ what: String, _ why: String) {
        guard unchecked.count < FindingSink.uncheckedLimit else { return }
        unchecked.append(Unchecked(what, why))
    }
}
