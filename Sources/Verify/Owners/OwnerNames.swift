import Datasets
import Files
import Objects

/// Gives owners the names that people know: dataset, path, place in the file.
///
/// The datasets used last stay open; where names are damaged or encrypted, numbers have to do.
struct OwnerNames {
    private let pool: Pool
    private let tree: DatasetTree?
    private var sets = RecentlyUsed<UInt64, ObjectSet?>()
    private var filesystems = RecentlyUsed<UInt64, Filesystem?>()
    private var paths: [UInt64: [UInt64: String?]] = [:]

    init(_ pool: Pool) {
        self.pool = pool
        tree = try? pool.datasets()
    }

    mutating func named(_ owner: BlockOwner) -> BlockOwner {
        var owner = owner
        let place = owner.place
        guard place.origin == .tree || place.origin == .intentLog else { return owner }
        guard place.objectSet != 0 else {
            owner.dataset = "mos"
            owner.contents = contents(of: place, in: pool.meta.set)
            return owner
        }
        guard let dataset = tree?.dataset(object: place.objectSet) else { return owner }
        owner.dataset = dataset.name
        guard place.origin == .tree, place.object != 0, let set = objectSet(of: dataset) else {
            return owner
        }
        owner.contents = contents(of: place, in: set)
        owner.path = path(of: place.object, in: dataset)
        return owner
    }

    private mutating func objectSet(of dataset: Dataset) -> ObjectSet? {
        if let known = sets.value(of: dataset.object) { return known }
        let set = try? pool.objectSet(of: dataset)
        sets.keep(set, for: dataset.object)
        return set
    }

    private mutating func filesystem(of dataset: Dataset) -> Filesystem? {
        if let known = filesystems.value(of: dataset.object) { return known }
        var filesystem: Filesystem?
        if let set = objectSet(of: dataset), set.type == .filesystem {
            filesystem = try? Filesystem(set)
        }
        filesystems.keep(filesystem, for: dataset.object)
        return filesystem
    }

    private mutating func path(of object: UInt64, in dataset: Dataset) -> String? {
        if let known = paths[dataset.object]?[object] { return known }
        let path = filesystem(of: dataset).flatMap { try? $0.path(of: object) }
            .map { Filesystem.text($0) }
        paths[dataset.object, default: [:]][object] = path
        return path
    }

    /// Where a block of level 0 lies in its object, in bytes.
    private func contents(of place: BlockPlace, in set: ObjectSet) -> Range<UInt64>? {
        guard place.level == 0, place.object != 0, place.index != BlockPlace.spillIndex,
            let dnode = try? set.dnode(place.object)
        else { return nil }
        let size = UInt64(truncatingIfNeeded: dnode.dataBlockSize)
        let (start, overflow) = place.index.multipliedReportingOverflow(by: size)
        let (end, past) = start.addingReportingOverflow(size)
        return overflow || past ? nil : start..<end
    }
}
