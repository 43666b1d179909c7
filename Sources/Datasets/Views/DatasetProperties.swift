import Bytes
import Objects
import Vdevs

/// All properties of a dataset as zfs-get(8) lists them: those that are counted, and those that are set.
///
/// Mirrors `dsl_dataset_stats` (`module/zfs/dsl_dataset.c`) and `zfs_get_zplprop` (`module/zfs/zfs_vfsops.c`).
package struct DatasetProperties {
    private let pool: Pool
    private let tree: DatasetTree
    private let space: PoolSpace

    /// Reads the space books once for all datasets.
    package init(_ pool: Pool) throws(PoolError) {
        self.pool = pool
        tree = try pool.datasets()
        space = pool.space(pool.spaceBooks())
    }

    package func properties(of dataset: Dataset) -> [Property] {
        let set: ObjectSet?
        do throws(PoolError) {
            set = dataset.rootPointer.isHole ? nil : try pool.objectSet(of: dataset)
        } catch {
            pool.notes.damage("dataset \(dataset.name)", "\(error)", code: .objectSetUnreadable)
            set = nil
        }
        let resolver = PropertyResolver(dataset, in: tree, pool.meta)
        var builder = ComputedProperties(
            dataset: dataset, pool: pool, tree: tree, space: space, resolver: resolver)
        builder.addAll(set)
        let isVolume = set?.type == .volume
        let kind: DatasetKinds =
            dataset.isSnapshot ? .snapshot : isVolume ? .volume : .filesystem
        let names = Set(builder.properties.map(\.name))
        return builder.properties + resolver.all(kind).filter { !names.contains($0.name) }
    }
}
