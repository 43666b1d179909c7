import Bytes
package import Objects
package import Vdevs

/// What the pool's books say of its space.
extension Pool {
    /// Metaslabs of all vdevs, with the log space maps folded in.
    ///
    /// What can't be read goes to `other` instead of the pool's notes where given, for a caller that reports it itself. There
    /// are no more than `limit` metaslabs.
    package func spaceBooks(
        noting other: PoolNotes? = nil, limit: Int = .max
    ) -> SpaceBooks {
        let meta = other.map { MetaObjects(self.meta.set, notes: $0) } ?? self.meta
        return SpaceBooksReader(
            meta: meta, directory: directory, root: rootConfig, limit: limit
        ).read()
    }

    package func logSpaceMaps() -> LogSpaceMaps { LogSpaceMaps(meta, directory) }

    /// The dedup tables, one for each checksum that has any.
    ///
    /// What can't be read goes to `other` instead of the pool's notes where given, for a caller that reports it itself.
    package func dedupTables(noting other: PoolNotes? = nil) -> [DedupTable] {
        let meta = other.map { MetaObjects(self.meta.set, notes: $0) } ?? self.meta
        return DedupTablesReader(meta: meta, directory: directory).read()
    }

    /// The block reference tables of all vdevs.
    ///
    /// What can't be read goes to `other` instead of the pool's notes where given, for a caller that reports it itself.
    package func blockReferences(noting other: PoolNotes? = nil) -> BlockReferenceTables {
        let meta = other.map { MetaObjects(self.meta.set, notes: $0) } ?? self.meta
        var tables: [BlockReferences] = []
        for entry in directory.entries.sorted(by: { $0.name < $1.name }) {
            guard entry.name.hasPrefix(ObjectDirectory.blockReferencesPrefix) else { continue }
            let number = entry.name.dropFirst(ObjectDirectory.blockReferencesPrefix.count)
            do throws(PoolError) {
                guard let vdev = UInt32(number), let object = entry.uint64 else {
                    throw .absent("the entry \(entry.name) of the object directory names no vdev")
                }
                tables.append(try BlockReferences(vdev: vdev, object: object, meta))
            } catch {
                meta.notes.damage(entry.name, "\(error)", code: .cloneTableUnreadable)
            }
        }
        return BlockReferenceTables(tables.sorted { $0.vdev < $1.vdev })
    }

    /// The checkpointed uberblock; nil where the pool has no checkpoint.
    package func checkpoint() throws(PoolError) -> Uberblock? {
        guard let value = directory.value(.checkpoint) else { return nil }
        do {
            return try Uberblock(value.words.littleEndianBytes.rawBytes)
        } catch {
            throw .format(object: ObjectDirectory.objectNumber, error)
        }
    }

    /// The space map of what a vdev keeps only for the checkpoint; nil where it has none.
    package func checkpointMap(of vdev: VdevConfig) throws(PoolError) -> SpaceMap? {
        let zap = VdevZAP(vdev.topZAP, meta, "vdev \(vdev.name)")
        guard let object = zap.checkpointMap, object != 0 else { return nil }
        return try meta.spaceMap(object)
    }

    /// Where the space of a vdev that is being removed, or was, has been copied to so far.
    package func mapping(of vdev: VdevConfig) throws(PoolError) -> IndirectMapping {
        if vdev.kind == .indirect, let id = vdev.id.flatMap({ UInt32(exactly: $0) }),
            let known = vdevs.mapping(of: id)
        {
            return known
        }
        let reader = IndirectMappings(root: rootConfig, meta: meta, directory: directory)
        return try reader.mapping(of: vdev)
    }

    /// A list of block pointers that the object directory names; nil where there is none.
    ///
    /// The lists are those of deferred frees, of destroyed snapshots, and of a removed vdev's obsolete blocks.
    package func pointerList(
        _ key: ObjectDirectory.Key
    ) throws(PoolError) -> BlockPointerList? {
        guard let object = directory.object(key) else { return nil }
        return try meta.pointerList(object)
    }

    /// The destroyed datasets that are yet to be freed; nil where there are none.
    package func destroyedTrees() throws(PoolError) -> BlockPointerTree? {
        guard let number = directory.object(.destroyedTrees) else { return nil }
        let object = try meta.object(number)
        do {
            return try BlockPointerTree(object)
        } catch {
            throw .object(error)
        }
    }

    /// The livelists of destroyed clones that are yet to be freed.
    ///
    /// What can't be read goes to `other` instead of the pool's notes where given, for a caller that reports it itself.
    package func deletedLivelists(noting other: PoolNotes? = nil) -> [Deadlist] {
        guard let object = directory.object(.deletedClones) else { return [] }
        let meta = other.map { MetaObjects(self.meta.set, notes: $0) } ?? self.meta
        var lists: [Deadlist] = []
        for (name, value) in meta.values(of: object, "deleted clones") {
            do throws(PoolError) {
                guard let number = value.uint64 else {
                    throw .absent("the entry \(name) names no list")
                }
                lists.append(try Deadlist(number, meta))
            } catch {
                meta.damage(
                    object, "deleted clones", "\(error)", code: .livelistUnreadable)
            }
        }
        return lists.sorted { $0.object < $1.object }
    }
}
