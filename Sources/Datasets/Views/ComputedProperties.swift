import Blocks
import Bytes
import Codecs
import Objects
import Vdevs

/// Collects the properties of a dataset that are not set but counted.
struct ComputedProperties {
    let dataset: Dataset
    let pool: Pool
    let tree: DatasetTree
    let space: PoolSpace
    /// What is set on the dataset and those above it.
    let resolver: PropertyResolver
    private(set) var properties: [Property] = []

    init(
        dataset: Dataset, pool: Pool, tree: DatasetTree, space: PoolSpace,
        resolver: PropertyResolver
    ) {
        self.dataset = dataset
        self.resolver = resolver
        self.pool = pool
        self.tree = tree
        self.space = space
    }

    private mutating func add(_ name: String, _ value: UInt64, _ text: String? = nil) {
        properties.append(
            Property(name: name, value: .number(value), text: text, source: .computed))
    }

    private mutating func add(_ name: String, _ text: String) {
        properties.append(Property(name: name, value: .text(text), source: .computed))
    }

    mutating func addAll(_ set: ObjectSet?) {
        let stored = dataset.stored
        add("type", type(set))
        add("creation", stored.creationTime)
        if let node = tree.node(of: dataset) {
            if dataset.isSnapshot { addSnapshot(node) } else { addHead(node) }
        }
        add("referenced", stored.referencedBytes)
        add("logicalreferenced", stored.uncompressedBytes)
        add(
            "refcompressratio",
            Self.ratio(stored.uncompressedBytes, stored.compressedBytes))
        add("createtxg", stored.creationTxg.rawValue)
        add("guid", stored.guid.rawValue)
        add("objsetid", dataset.object)
        if let written { add("written", written) }
        if let guids = dataset.fields.redactionSnapshots {
            add("redact_snaps", guids.map(\.description).joined(separator: ","))
        }
        if let node = tree.node(of: dataset), let key = node.fields.cryptoKey { addKey(key) }
        if let set { addContents(set) }
    }

    /// How the dataset is encrypted, which no key is needed to know.
    private mutating func addKey(_ object: UInt64) {
        do throws(PoolError) {
            let key = try KeyObject(pool.meta.zap(object))
            add("encryption", key.suite.rawValue, "\(key.suite)")
            let format = key.format.map { $0.rawValue } ?? 0
            add(
                "keyformat", format,
                PropertyDefinition.named("keyformat")?.text(of: .number(format)))
            add("pbkdf2iters", key.iterations)
            let root = key.rootDirectory.flatMap { tree.node(object: $0) }
            if let root { add("encryptionroot", root.name) }
        } catch {
            pool.notes.damage("key of \(dataset.name)", "\(error)", code: .keyUnreadable)
        }
    }

    private func type(_ set: ObjectSet?) -> String {
        if dataset.isSnapshot { return "snapshot" }
        return set?.type == .volume ? "volume" : "filesystem"
    }

    private mutating func addHead(_ node: DatasetNode) {
        let directory = node.directory
        add("used", directory.usedBytes)
        add("available", available(to: node))
        add("compressratio", Self.ratio(directory.uncompressedBytes, directory.compressedBytes))
        add("logicalused", directory.uncompressedBytes)
        if directory.hasBreakdown {
            add("usedbysnapshots", directory.usedBySnapshots)
            add("usedbydataset", directory.usedByHead)
            var children = directory.usedByChildren
            children.addClamped(directory.usedByChildReservations)
            add("usedbychildren", children)
            add("usedbyrefreservation", directory.usedByReservation)
        }
        for (name, count) in [
            ("filesystem_count", node.fields.filesystemCount),
            ("snapshot_count", node.fields.snapshotCount),
        ] {
            add(name, count ?? .max, count.map(String.init) ?? "none")
        }
        if let changed = node.fields.snapshotsChanged?.first { add("snapshots_changed", changed) }
        if directory.origin != 0, let origin = tree.dataset(object: directory.origin),
            tree.node(of: origin)?.isInternal == false
        {
            add("origin", origin.name)
        }
    }

    /// What the head itself can take: what its directory can, by its own quota and reservation.
    ///
    /// Mirrors `dsl_dataset_space` (`module/zfs/dsl_dataset.c`).
    private func available(to node: DatasetNode) -> UInt64 {
        var available = pool.available(to: node, in: tree, space)
        let stored = dataset.stored
        let reserved = own("refreservation")
        if reserved > stored.uniqueBytes { available.addClamped(reserved - stored.uniqueBytes) }
        let quota = own("refquota")
        guard quota != 0 else { return available }
        return min(available, quota - min(quota, stored.referencedBytes))
    }

    /// A number that is set on the dataset itself, or 0.
    private func own(_ name: String) -> UInt64 {
        guard let definition = PropertyDefinition.named(name),
            case .number(let number) = resolver.native(definition).value
        else { return 0 }
        return number
    }

    private mutating func addSnapshot(_ node: DatasetNode) {
        add("used", dataset.stored.uniqueBytes)
        add(
            "compressratio",
            Self.ratio(dataset.stored.uncompressedBytes, dataset.stored.compressedBytes))
        let isDeferred = dataset.stored.flags.contains(.deferredDestroy)
        add("defer_destroy", isDeferred ? 1 : 0, isDeferred ? "on" : "off")
        add("userrefs", UInt64(pool.holds(on: dataset).count))
        do throws(PoolError) {
            let clones = try pool.clones(of: dataset).map(\.name)
            if !clones.isEmpty { add("clones", clones.joined(separator: ",")) }
        } catch {
            pool.notes.damage("clones of \(dataset.name)", "\(error)", code: .clonesUnreadable)
        }
    }

    /// What the objects of the dataset say: the version and the names of a file system, the size of a volume.
    private mutating func addContents(_ set: ObjectSet) {
        do throws(ObjectError) {
            if set.type == .volume {
                let size = try ZAP(set.object(2)).lookup("size")?.uint64 ?? 0
                properties.append(
                    Property(
                        name: "volsize", value: .number(size),
                        source: .local))
                if !dataset.isSnapshot { add("volblocksize", UInt64(try set.object(1).blockSize)) }
                return
            }
            // One that was made in userland and never mounted has no file system yet.
            guard dataset.objectCount > 0 else { return }
            let master = try ZAP(set.object(1))
            for (name, key) in [
                ("version", "VERSION"), ("utf8only", "utf8only"),
                ("normalization", "normalization"), ("casesensitivity", "casesensitivity"),
            ] {
                let value = try master.lookup(key)?.uint64 ?? 0
                let definition = PropertyDefinition.named(name)
                add(name, value, definition?.text(of: .number(value)))
            }
        } catch {
            // Without a key an encrypted dataset does not tell; anything else is damage.
            if pool.reader.decryptor == nil, set.isEncrypted { return }
            pool.notes.damage("dataset \(dataset.name)", "\(error)", code: .filesystemUnreadable)
        }
    }

    /// Logical by physical size, with two digits, cut off; 1.00 where nothing is stored.
    private static func ratio(_ logical: UInt64, _ physical: UInt64) -> String {
        guard physical > 0 else { return "1.00" }
        let hundredths = logical.multipliedReportingOverflow(by: 100)
        let value = hundredths.overflow ? .max : max(hundredths.partialValue / physical, 100)
        let rest = value % 100
        return "\(value / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// What was written since the snapshot before, which a deadlist between them takes part in.
    private var written: UInt64? {
        let stored = dataset.stored
        guard stored.previousSnapshot != 0,
            let previous = tree.dataset(object: stored.previousSnapshot)
        else { return nil }
        do throws(PoolError) {
            let freed = try pool.deadlist(of: dataset)?.usedBytes ?? 0
            return stored.referencedBytes &- previous.stored.referencedBytes &+ freed
        } catch {
            pool.notes.damage("deadlist of \(dataset.name)", "\(error)", code: .deadlistUnreadable)
            return nil
        }
    }
}

extension ObjectSet {
    /// Whether its blocks are encrypted or authenticated.
    fileprivate var isEncrypted: Bool { pointer.usesCrypt }
}
