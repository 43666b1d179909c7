import Blocks
import Objects
import Vdevs

extension Pool {
    /// The block that stands at a place of a dataset's object set, or of the MOS where `dataset` is nil; nil
    /// where the way there does not exist in this state.
    ///
    /// Throws what went wrong with reading the block itself, or a block on the way that changed.
    func block(
        at place: TreePlace, dataset: UInt64?, key: DatasetKey?
    ) throws(BlockError) -> ReadOutcome? {
        let source: any BlockSource = key.map { reader.unlocked(by: $0) } ?? reader
        let pointer: BlockPointer?
        do throws(ObjectError) {
            pointer = try self.pointer(to: place, try objectSet(dataset, source))
        } catch {
            if case .block(_, _, let cause) = error.reason { throw cause }
            return nil
        }
        guard let pointer else { return nil }
        return try source.read(pointer)
    }

    private func pointer(
        to place: TreePlace, _ set: ObjectSet?
    ) throws(ObjectError) -> BlockPointer? {
        switch place {
        case .header: set?.pointer
        case .block(let object, let level, let index):
            try set?.object(object).tree.pointer(level: level, index: index)
        case .spill(let object): try set?.dnode(object).spillPointer
        }
    }

    private func objectSet(
        _ dataset: UInt64?, _ source: any BlockSource
    ) throws(ObjectError) -> ObjectSet? {
        guard let dataset else {
            return try ObjectSet(source: source, pointer: uberblock.rootPointer)
        }
        guard let stored = try? meta.bonus(of: dataset, as: DSLDataset.self) else { return nil }
        return try ObjectSet(source: source, pointer: stored.rootPointer)
    }
}
