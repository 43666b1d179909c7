import Bytes
import Objects
import Vdevs

/// Reads the tree of datasets from the MOS, going on past whatever is damaged.
///
/// A directory met twice, a snapshot that is none, an entry that leads nowhere: each becomes a note. Mirrors
/// `dmu_objset_find_dp` (`module/zfs/dmu_objset.c`).
package struct DatasetTreeReader {
    /// Deeper trees can't be named: a name has at most 255 bytes.
    private static let depthLimit = 128
    /// Snapshots of all file systems and volumes together that are read, some kilobytes each.
    private static let snapshotLimit = 1 << 20

    private let meta: MetaObjects
    private var visited: Set<UInt64> = []
    private var snapshotCount = 0

    package init(_ meta: MetaObjects) { self.meta = meta }

    /// The whole tree below the directory of the pool's name; throws where that can't be read.
    package mutating func read(root object: UInt64, name: String) throws(PoolError) -> DatasetTree {
        visited = []
        snapshotCount = 0
        return DatasetTree(root: try node(object, name: name, depth: 0))
    }

    private mutating func node(
        _ object: UInt64, name: String, depth: Int
    ) throws(PoolError) -> DatasetNode {
        visited.insert(object)
        let own = try meta.object(object)
        let directory = try own.bonus(as: DSLDirectory.self)
        let fields =
            own.type.content == .zap
            ? DirectoryFields(meta.values(of: object, "directory \(name)")) : DirectoryFields()
        let head = directory.headDataset == 0 ? nil : self.head(directory, name: name)
        let snapshots = head.map { self.snapshots(of: $0) } ?? []
        return DatasetNode(
            name: name, object: object, directory: directory, fields: fields, head: head,
            snapshots: snapshots,
            children: children(of: directory, name: name, depth: depth))
    }

    private func head(_ directory: DSLDirectory, name: String) -> Dataset? {
        do {
            return try dataset(directory.headDataset, name: name, isSnapshot: false)
        } catch {
            meta.notes.damage(
                "dataset \(name)", "\(error)", code: .datasetUnreadable,
                object: directory.headDataset)
            return nil
        }
    }

    /// The dataset of an object number, whatever leads to it.
    package func dataset(
        _ object: UInt64, name: String, isSnapshot: Bool
    ) throws(PoolError) -> Dataset {
        let own = try meta.object(object)
        guard own.dnode.bonusType == .dslDataset else {
            throw .object(
                ObjectError(
                    object: object,
                    .wrongType(
                        expected: "\(ObjectType.dslDataset)", found: "\(own.dnode.bonusType)")))
        }
        return Dataset(
            name: name, object: object, isSnapshot: isSnapshot,
            stored: try own.bonus(as: DSLDataset.self),
            fields: own.type.content == .zap
                ? DatasetFields(meta.values(of: object, "dataset \(name)")) : DatasetFields())
    }

    private mutating func snapshots(of head: Dataset) -> [Dataset] {
        let map = head.stored.snapshotNames
        guard map != 0 else { return [] }
        var snapshots: [Dataset] = []
        do {
            for entry in try meta.entries(of: map, "snapshots of \(head.name)") {
                guard snapshotCount < Self.snapshotLimit else {
                    throw PoolError.object(
                        ObjectError(
                            object: map,
                            .limit("the pool has more than \(Self.snapshotLimit) snapshots")))
                }
                snapshotCount += 1
                let name = "\(head.name)@\(entry.name)"
                guard let number = entry.uint64 else {
                    meta.notes.damage(
                        "dataset \(name)", "its entry holds no object number", code: .datasetEntry)
                    continue
                }
                do {
                    snapshots.append(try dataset(number, name: name, isSnapshot: true))
                } catch {
                    meta.notes.damage(
                        "dataset \(name)", "\(error)", code: .datasetUnreadable, object: number)
                }
            }
        } catch {
            meta.notes.damage("snapshots of \(head.name)", "\(error)", code: .snapshotsUnreadable)
        }
        return snapshots.sorted {
            ($0.stored.creationTxg, $0.object) < ($1.stored.creationTxg, $1.object)
        }
    }

    private mutating func children(
        of directory: DSLDirectory, name: String, depth: Int
    ) -> [DatasetNode] {
        guard directory.childMap != 0 else { return [] }
        guard depth < Self.depthLimit else {
            meta.notes.damage(
                "dataset \(name)", "the tree is deeper than any name can tell", code: .datasetDepth)
            return []
        }
        let entries: [ZAPEntry]
        do {
            entries = try meta.entries(of: directory.childMap, "children of \(name)")
        } catch {
            meta.notes.damage("children of \(name)", "\(error)", code: .childrenUnreadable)
            return []
        }
        var children: [DatasetNode] = []
        for entry in entries.sorted(by: { $0.name < $1.name }) {
            let own = "\(name)/\(entry.name)"
            guard let number = entry.uint64, !visited.contains(number) else {
                meta.notes.damage(
                    "dataset \(own)", "its entry leads to no directory of its own",
                    code: .datasetEntry)
                continue
            }
            do {
                children.append(try node(number, name: own, depth: depth + 1))
            } catch {
                meta.notes.damage(
                    "dataset \(own)", "\(error)", code: .directoryUnreadable, object: number)
            }
        }
        return children
    }
}
