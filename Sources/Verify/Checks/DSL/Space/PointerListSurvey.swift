import Bytes
import Datasets
import Objects
import Vdevs

/// Reads a list of block pointers with all lists below it, and compares what each says of itself with what it holds.
///
/// Mirrors the accounting of `bpobj_enqueue` and `bpobj_enqueue_subobj` (`module/zfs/bpobj.c`).
struct PointerListSurvey {
    /// What a list with all below it came to.
    struct Outcome {
        var space = ChargedSpace()
        /// Whether all of it could be read.
        var isComplete = true
    }

    /// One pointer and where it stands.
    struct Entry {
        let pointer: BlockPointer
        /// A livelist's mark that the block was freed.
        let isFree: Bool
        let list: UInt64
        let index: UInt64
    }

    private let context: CheckContext
    private let meta: MetaObjects
    private let deflation: Deflation
    /// The list that deadlists share while they hold nothing.
    private let emptyList: UInt64?
    private let objects: MetaObjectTable
    /// What each object was read for as a list, by its place among the objects: the place of its owner, counted from 1, or 0.
    private var owners: [UInt32]
    private(set) var problems = ProblemList()

    init(_ context: CheckContext) {
        self.context = context
        meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        deflation = context.pool.deflation
        emptyList = context.pool.directory.object(.emptyList)
        objects = context.meta.survey(context).objects
        owners = [UInt32](repeating: 0, count: objects.count)
    }

    private struct Part {
        let number: UInt64
        let parent: Int?
        var space = ChargedSpace()
        var freed: UInt64 = 0
        var header: BlockPointerListHeader?
        var isComplete = true
    }

    /// Reads the list `root`, which `owner` leads to, and gives its entries to `visit`.
    mutating func read(
        _ root: UInt64, owner: UInt64, isLivelist: Bool = false, _ visit: (Entry) -> Void
    ) -> Outcome {
        if root == emptyList { return Outcome() }
        var parts = [Part(number: root, parent: nil)]
        var index = 0
        while index < parts.count {
            guard !context.isCancelled else { return Outcome(isComplete: false) }
            enter(index, &parts, owner: owner, isLivelist: isLivelist, visit)
            index += 1
        }
        for index in parts.indices.reversed() {
            compare(parts[index])
            guard let parent = parts[index].parent else { continue }
            parts[parent].space += parts[index].space
            if !parts[index].isComplete { parts[parent].isComplete = false }
        }
        return Outcome(space: parts[0].space, isComplete: parts[0].isComplete)
    }

    private mutating func enter(
        _ index: Int, _ parts: inout [Part], owner: UInt64, isLivelist: Bool,
        _ visit: (Entry) -> Void
    ) {
        let number = parts[index].number
        if let other = enter(number, for: owner) {
            report(
                .pointerListShared, number,
                Record(["first": .number(other), "second": .number(owner)]))
            parts[index].isComplete = false
            return
        }
        do {
            let list = try meta.pointerList(number)
            parts[index].header = list.header
            readOwn(list, &parts[index], isLivelist: isLivelist, visit)
            do throws(ObjectError) {
                let below = try list.subordinates()
                guard parts.count + below.count <= BlockPointerList.subordinateLimit else {
                    throw ObjectError(
                        object: parts[0].number,
                        .limit(
                            "more than \(BlockPointerList.subordinateLimit) lists are below it"))
                }
                parts += below.map { Part(number: $0, parent: index) }
            } catch {
                throw PoolError.object(error)
            }
        } catch {
            report(.listUnreadable, number, Record(["cause": .text("\(error)")]))
            parts[index].isComplete = false
        }
    }

    /// Notes what a list is read for; returns what it was read for before.
    ///
    /// What is not among the objects can't be read anyway.
    private mutating func enter(_ list: UInt64, for owner: UInt64) -> UInt64? {
        guard let place = objects.index(of: list), let own = objects.index(of: owner),
            let number = UInt32(exactly: own + 1)
        else { return nil }
        guard owners[place] == 0 else { return objects.numbers[Int(owners[place]) - 1] }
        owners[place] = number
        return nil
    }

    private mutating func readOwn(
        _ list: BlockPointerList, _ part: inout Part, isLivelist: Bool, _ visit: (Entry) -> Void
    ) {
        var position: UInt64 = 0
        var damage: ObjectError?
        list.forEachOwnPointer { step in
            switch step {
            case .pointer(let pointer, let isFree, _):
                let space = ChargedSpace(pointer, deflation)
                if isFree, isLivelist {
                    part.space -= space
                    part.freed &+= 1
                } else {
                    part.space += space
                }
                if let flaw = flaw(pointer, isFree: isFree && !isLivelist) {
                    report(
                        .pointerListEntry, list.object.number,
                        Record(["index": .number(position), "cause": .text(flaw)]))
                }
                if !pointer.isHole {
                    visit(
                        Entry(
                            pointer: pointer, isFree: isFree, list: list.object.number,
                            index: position))
                }
                position &+= 1
            case .damaged(let error, _): damage = damage ?? error
            }
        }
        if let damage {
            report(.listUnreadable, part.number, Record(["cause": .text("\(damage)")]))
            part.isComplete = false
        }
    }

    /// Why a pointer can't stand in a list; nil where it can.
    private func flaw(_ pointer: BlockPointer, isFree: Bool) -> String? {
        if pointer.isHole { return "it is a hole" }
        if isFree { return "it is marked as freed, which only entries of livelists are" }
        if pointer.birth > context.pool.txg { return "it was born in txg \(pointer.birth)" }
        return nil
    }

    private mutating func compare(_ part: Part) {
        guard part.isComplete, let header = part.header else { return }
        let fields: [(String, UInt64?, UInt64)] = [
            ("bpo_bytes", header.bytes, part.space.used),
            ("bpo_comp", header.compressedBytes, part.space.compressed),
            ("bpo_uncomp", header.uncompressedBytes, part.space.uncompressed),
            ("bpo_num_freed", header.freedCount, part.freed),
        ]
        for (field, found, expected) in fields {
            guard let found, found != expected else { continue }
            report(
                .pointerListTotals, part.number,
                Record([
                    "field": .text(field), "expected": .number(expected), "found": .number(found),
                ]))
        }
    }

    private mutating func report(_ kind: ProblemKind, _ list: UInt64, _ evidence: Record) {
        var location = Location()
        location.objectSet = 0
        location.object = list
        problems.add(Problem(kind, at: location, evidence: evidence))
    }
}
