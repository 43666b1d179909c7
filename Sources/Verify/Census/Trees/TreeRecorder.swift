import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// One worker's look at each pointer and each dnode that the walk meets: whether it fits the place where it stands.
///
/// What one block shows is judged at once. Sums over a tree wait in `findings` until the walk has ended.
struct TreeRecorder {
    /// What blocks at a place must be.
    struct Expectation {
        let type: ObjectType
        /// The size of blocks of pointers, in bytes.
        let indirectSize: Int
        /// The size of data blocks, in bytes; 0 where it is not known.
        let dataSize: Int
    }

    let deflation: Deflation
    let budget: CensusBudget
    /// The newest group that anything can be of.
    let lastTxg: TransactionGroup
    /// Whether births may differ because files were rewritten in place (`physical_rewrite`).
    let allowsRewriting: Bool
    /// The births on disk that blocks may have for having been moved off a vdev that was removed.
    let moved: MovedBirths
    var findings = TreeFindings()
    /// The block of pointers or dnodes that is looked at; nil between them.
    var block: CensusTask?
    /// What the pointers that come next must be; of a dnode, its object and its spill block apart.
    var expected: Expectation?
    var spillType = ObjectType.none
    /// The sum of fills in the block.
    var fill: UInt64 = 0
    /// A part of the block could not be read, so that its fill is unknown.
    var isFillUnknown = false
    /// Pointers that were reported, so that the snapshots that share a block don't repeat it.
    var reported: Set<UInt64> = []
    /// The first of the block's pointers whose birth is later than the block.
    var lateBirth: (pointer: BlockPointer, place: BlockPlace, count: UInt64)?

    init(_ pool: Pool, _ census: Census) {
        deflation = census.deflation
        budget = census.budget
        lastTxg = pool.txg
        allowsRewriting = pool.features.isActive(Self.rewriting)
        moved = MovedBirths(pool)
    }

    private static let rewriting = "physical_rewrite"

    mutating func enter(_ task: CensusTask) {
        guard task.place.origin == .tree else { return }
        block = task
        fill = 0
        isFillUnknown = false
        lateBirth = nil
        // The pointer to an object set stands in no block that is entered.
        if task.content == .objectSet { checkBits(task.pointer, task.place) }
        expected =
            task.content == .pointers
            ? Expectation(
                type: task.pointer.type, indirectSize: task.pointer.logicalSize,
                dataSize: Int(task.dataBlockSize)) : nil
    }

    /// A pointer in the entered block, whether the walk goes on below it or an older tree did.
    mutating func visit(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard let block, place.origin == .tree else { return }
        count(pointer, place, block)
        check(pointer, place, block)
    }

    mutating func visit(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        guard let block else { return }
        if block.content == .dnodes { fill += 1 }
        expected = Expectation(
            type: dnode.type, indirectSize: dnode.indirectBlockSize, dataSize: dnode.dataBlockSize)
        spillType = dnode.bonusType
        check(dnode, object, objectSet)
        measure(dnode, object, objectSet)
    }

    mutating func loseFill() { isFillUnknown = true }

    mutating func finishBlock() {
        guard let block else { return }
        self.block = nil
        reportLateBirth(block)
        guard !isFillUnknown, block.pointer.fill != fill,
            !block.pointer.countsMetaDnode(beside: fill)
        else { return }
        if block.content == .pointers {
            guard findings.suspects.count < TreeFindings.suspectLimit else { return }
            findings.suspects.append(
                FillSuspect(pointer: block.pointer, place: block.place, sum: fill))
        } else {
            report(
                .fillMismatch, block.pointer, block.place,
                Record(["expected": .number(fill), "found": .number(block.pointer.fill)]))
        }
    }

    mutating func report(
        _ kind: ProblemKind, _ pointer: BlockPointer, _ place: BlockPlace, _ evidence: Record
    ) {
        // A hostile pool has as many as it has pointers; nobody reads more.
        guard !findings.problems.isFull else { return findings.problems.omit(1) }
        if let key = SubtreeKey.key(pointer), !reported.insert(key &+ kind.mark).inserted { return }
        findings.problems.add(
            Problem(kind, at: Location(place, pointer), evidence: evidence))
    }
}

extension ProblemKind {
    /// Tells kinds apart in sets of numbers.
    fileprivate var mark: UInt64 {
        code.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) } << 40
    }
}
