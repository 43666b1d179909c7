import Bytes
import Datasets
import Objects
import Vdevs

/// Everything that leads to an object of the MOS, with what leads there.
///
/// Goes the ways that `dump_mos_leaks` of zdb goes, from the object directory down.
struct MetaReferences {
    private let context: CheckContext
    private let meta: MetaObjects
    private let graph: DatasetGraph
    private let emptyList: UInt64?
    private let survey: MetaSurvey
    /// What leads to each object; more than one name is one too many.
    private(set) var owners: [UInt64: [String]] = [:]
    /// Objects that directories, datasets and deadlists lead to, whose checks tell what is wrong with that.
    ///
    /// One flag for each object of the survey, in its order; no others can be leaked.
    private(set) var isKnown: [Bool]
    /// Whether something could not be read that leads to further objects.
    private(set) var isIncomplete = false

    init(_ context: CheckContext, _ survey: MetaSurvey) {
        self.context = context
        self.survey = survey
        isKnown = [Bool](repeating: false, count: survey.objects.count)
        meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        graph = context.dsl.graph(context)
        emptyList = context.pool.directory.object(.emptyList)
        isIncomplete = !graph.lost.isEmpty || !graph.unreadable.isEmpty
        refer(ObjectDirectory.objectNumber, "the uberblock")
        if case .object(let config)? = context.pool.foundConfig?.place { know(config) }
        followDirectory()
        followScan()
        followVdevs()
        followSharing()
        for directory in graph.sortedDirectories { follow(directory) }
        for dataset in graph.sortedDatasets { follow(dataset) }
        isIncomplete = isIncomplete || meta.notes.hasDamage
    }

    private mutating func refer(_ object: UInt64?, _ owner: String) {
        guard let object, object != 0 else { return }
        owners[object, default: []].append(owner)
    }

    private mutating func know(_ object: UInt64?) {
        if let object, let index = survey.objects.index(of: object) { isKnown[index] = true }
    }

    /// An object that several may name: the first name counts.
    private mutating func share(_ object: UInt64?, _ owner: String) {
        guard let object, object != 0, owners[object] == nil else { return }
        refer(object, owner)
    }

    private mutating func entries(of object: UInt64?, _ what: String) -> [ZAPEntry] {
        guard let object, object != 0 else { return [] }
        do {
            return try meta.entries(of: object, what)
        } catch {
            isIncomplete = true
            return []
        }
    }

    private mutating func followDirectory() {
        let directory = context.pool.directory
        for key in ObjectDirectory.Key.allCases {
            switch key {
            case .deflate, .creationVersion, .scan, .errorScrub, .lastScrubbedTxg, .checksumSalt,
                .removing, .condensing, .checkpoint, .txgTimesByMinute, .txgTimesByDay,
                .txgTimesByMonth, .rootDataset:
                continue
            case .deferredFrees, .freeList, .obsoleteList:
                followList(directory.object(key), key.rawValue)
            default: refer(directory.object(key), key.rawValue)
            }
        }
        if context.pool.features.isEnabled("head_errlog") {
            for key in [ObjectDirectory.Key.errorsOfLast, .errorsOfScrub] {
                for entry in entries(of: directory.object(key), key.rawValue) {
                    refer(entry.uint64, key.rawValue)
                }
            }
        }
        for entry in entries(of: directory.object(.logSpaceMaps), "logs of space maps") {
            refer(entry.uint64, "the logs of space maps")
        }
        for entry in entries(of: directory.object(.deletedClones), "deleted clones") {
            followDeadlist(entry.uint64)
        }
    }

    private mutating func followScan() {
        if let scan = try? context.pool.scan() { refer(scan.queue, "the scan") }
        guard let condensing = try? context.pool.condensing() else { return }
        refer(condensing.nextMapping, "the condensing of vdev \(condensing.vdev)")
        refer(condensing.previousObsoleteMap, "the condensing of vdev \(condensing.vdev)")
        refer(counts(of: condensing.nextMapping), "the condensing of vdev \(condensing.vdev)")
    }

    /// The object with how much of each entry of a mapping is obsolete (`vimp_counts_object`).
    private func counts(of mapping: UInt64?) -> UInt64? {
        guard let mapping, mapping != 0, let object = try? meta.object(mapping) else { return nil }
        return try? Field<UInt64>("vimp_counts_object", at: 24)
            .read(object.bonus.rawBytes, object.order)
    }

    private mutating func followVdevs() {
        guard let root = context.pool.config?.root else {
            isIncomplete = true
            return
        }
        for vdev in root.all {
            let name = "vdev \(vdev.name)"
            refer(vdev.dtl, name)
            refer(vdev.metaslabArray, name)
            refer(vdev.indirectObject, name)
            refer(vdev.indirectBirths, name)
            refer(counts(of: vdev.indirectObject), name)
            for object in [vdev.rootZAP, vdev.topZAP, vdev.leafZAP] { refer(object, name) }
        }
        for top in root.children {
            let zap = VdevZAP(top.topZAP, meta, top.name)
            refer(zap.unflushedTxgs, "vdev \(top.name)")
            refer(zap.checkpointMap, "vdev \(top.name)")
            refer(zap.obsoleteMap, "vdev \(top.name)")
            followMetaslabs(of: top)
        }
    }

    private mutating func followMetaslabs(of top: VdevConfig) {
        guard let array = top.metaslabArray, array != 0, let asize = top.asize,
            let shift = top.metaslabShift, shift > 0, shift < 64,
            let count = Int(exactly: asize >> shift)
        else { return }
        do {
            for map in try meta.words(of: array, count: count) {
                refer(map, "a metaslab of vdev \(top.name)")
            }
        } catch {
            isIncomplete = true
        }
    }

    private mutating func followSharing() {
        for entry in context.pool.directory.entries {
            if entry.name.hasPrefix(ObjectDirectory.blockReferencesPrefix) {
                refer(entry.uint64, entry.name)
                followReferences(entry.uint64, entry.name)
            } else if entry.name.hasPrefix("DDT-"),
                entry.name != ObjectDirectory.Key.dedupStatistics.rawValue
            {
                refer(entry.uint64, entry.name)
                followDedup(entry)
            }
        }
    }

    /// The object with a vdev's block references (`bvp_mos_entries`).
    private mutating func followReferences(_ object: UInt64?, _ name: String) {
        guard let object, let own = try? meta.object(object),
            let header = try? own.bonus(as: BlockReferencesHeader.self)
        else {
            isIncomplete = true
            return
        }
        refer(header.entries, name)
    }

    /// The container of a fast dedup table names its stores; logs stand in the object directory.
    private mutating func followDedup(_ entry: ZAPEntry) {
        guard !entry.name.contains("-zap-"), !entry.name.hasPrefix("DDT-log-") else { return }
        for inner in entries(of: entry.uint64, entry.name) where inner.name.hasPrefix("DDT-") {
            refer(inner.uint64, entry.name)
        }
    }
}

/// Lists of block pointers, and what belongs to directories and datasets.
extension MetaReferences {
    /// Lists can be nested, and damage can make a circle of them.
    private static let deepestList = 16

    private mutating func followList(
        _ object: UInt64?, _ owner: String?, depth: Int = 0
    ) {
        guard let object, object != 0 else { return }
        if let owner { refer(object, owner) } else { know(object) }
        guard depth < Self.deepestList, !context.isCancelled else {
            isIncomplete = true
            return
        }
        do {
            let list = try meta.pointerList(object)
            know(list.header.subordinateObject)
            for inner in try list.subordinates() {
                guard let index = survey.objects.index(of: inner) else {
                    isIncomplete = true
                    continue
                }
                if !isKnown[index] { followList(inner, nil, depth: depth + 1) }
            }
        } catch {
            isIncomplete = true
        }
    }

    private mutating func followDeadlist(_ object: UInt64?) {
        guard let object, object != 0 else { return }
        know(object)
        do {
            let list = try Deadlist(object, meta)
            switch list.form {
            case .single: if object != emptyList { followList(object, nil) }
            case .byBirth(_, let parts):
                for part in parts where part.list != emptyList { followList(part.list, nil) }
            }
        } catch {
            isIncomplete = true
        }
    }

    private mutating func follow(_ directory: GraphDirectory) {
        let name = "directory \(directory.name ?? "\(directory.object)")"
        let stored = directory.stored
        know(directory.object)
        refer(stored.childMap, name)
        refer(stored.properties, name)
        refer(stored.clones, name)
        refer(stored.delegations, name)
        for entry in entries(of: stored.delegations, "permissions") { refer(entry.uint64, name) }
        share(directory.fields.cryptoKey, name)
        followDeadlist(directory.fields.livelist)
    }

    private mutating func follow(_ dataset: GraphDataset) {
        let name = "dataset \(dataset.name ?? "\(dataset.object)")"
        let stored = dataset.stored
        know(dataset.object)
        refer(stored.nextClones, name)
        refer(stored.snapshotProperties, name)
        know(stored.holds)
        refer(stored.snapshotNames, name)
        followDeadlist(stored.deadlist)
        followDeadlist(dataset.fields.remapDeadlist)
        let bookmarks = dataset.fields.bookmarks
        refer(bookmarks, name)
        for entry in entries(of: bookmarks, "bookmarks") {
            guard
                let bookmark = try? Bookmark(
                    words: entry.words, minimum: Bookmark.firstFormWords)
            else { continue }
            refer(bookmark.redactionList, "\(name)#\(entry.name)")
        }
    }
}
