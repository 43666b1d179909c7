import Blocks
import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// Finds out what an entry of the error log stands for today: the file, and whether the block is still broken.
struct ErrorJudge {
    private let context: CheckContext
    private let tree: DatasetTree?
    /// File systems by the objects of their datasets, to name files.
    private var filesystems = RecentlyUsed<UInt64, Filesystem?>()

    init(_ context: CheckContext) {
        self.context = context
        tree = try? context.pool.datasets()
    }

    /// An entry: of the MOS where `dataset` is 0; `birth` where the log tells it, and then `dataset` is a head whose
    /// snapshots may have the block too.
    mutating func judge(
        dataset number: UInt64, object: UInt64, level: UInt64, index: UInt64,
        birth: TransactionGroup?
    ) {
        var location = Location()
        location.objectSet = number
        location.object = object
        location.level = Int64(bitPattern: level)
        location.blockID = index
        location.txg = birth
        guard number != 0 else {
            let found = state(of: (object, level, index), birth, in: context.pool.meta.set)
            report(found ?? .gone, location)
            return
        }
        guard let tree else { return }
        guard let dataset = tree.dataset(object: number) else {
            report(.gone, location)
            return
        }
        location.dataset = dataset.name
        location.path = path(of: object, in: dataset)
        var holders = [dataset]
        if birth != nil, let node = tree.node(of: dataset) { holders += node.snapshots }
        var outcome = State.gone
        for holder in holders {
            guard let set = try? context.contents.objectSet(of: holder) else { continue }
            guard let found = state(of: (object, level, index), birth, in: set) else { continue }
            outcome = found
            if case .broken = found { break }
        }
        report(outcome, location)
    }

    private enum State {
        /// Nothing has the block any more.
        case gone
        case readable
        case broken(String)
    }

    /// What became of a block in one object set; nil where that does not have it.
    private func state(
        of block: (object: UInt64, level: UInt64, index: UInt64), _ birth: TransactionGroup?,
        in set: ObjectSet
    ) -> State? {
        // The header of an object set has a negative level, a spill block a number of its own.
        guard let level = UInt8(exactly: block.level), block.index != BlockPlace.spillIndex else {
            return .readable
        }
        do throws(ObjectError) {
            let object = try set.object(block.object)
            let pointer = try object.tree.pointer(level: level, index: block.index)
            guard !pointer.isHole, birth == nil || pointer.birth == birth else { return nil }
            do {
                _ = try set.source.read(pointer)
                return .readable
            } catch {
                return .broken("\(error)")
            }
        } catch {
            guard error.isUnreadableBlock else { return nil }
            return .broken("\(error)")
        }
    }

    private func report(_ state: State, _ location: Location) {
        switch state {
        case .gone: report(.errorStale, location, "nothing has the block any more")
        case .readable: report(.errorStale, location, "the block can be read")
        case .broken(let why): report(.errorKnown, location, why)
        }
    }

    private func report(_ kind: ProblemKind, _ location: Location, _ why: String) {
        context.report(
            Problem(kind, at: location, evidence: Record(["cause": .text(why)])))
    }

    private mutating func path(of object: UInt64, in dataset: Dataset) -> String? {
        guard let filesystem = filesystem(of: dataset),
            let path = try? filesystem.path(of: object)
        else { return nil }
        return Filesystem.text(path)
    }

    private mutating func filesystem(of dataset: Dataset) -> Filesystem? {
        if let known = filesystems.value(of: dataset.object) { return known }
        let set = try? context.contents.objectSet(of: dataset)
        let filesystem = set.flatMap { try? Filesystem($0) }
        filesystems.keep(filesystem, for: dataset.object)
        return filesystem
    }
}
