import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// How often each feature must be counted, by everything that counts one: the `spa_feature_incr` callers of ZFS, done again.
///
/// Some counts follow from the state of the pool alone; where they depend on what happened before (a vdev that was
/// removed, a limit that was lifted), only bounds are given.
struct FeatureCounts {
    private let context: CheckContext
    private let meta: MetaObjects
    private let survey: MetaSurvey
    private let graph: DatasetGraph
    /// By short name; a feature without an entry can't be counted.
    private(set) var bounds: [String: ClosedRange<UInt64>] = [:]

    init(_ context: CheckContext) {
        self.context = context
        meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        survey = context.meta.survey(context)
        graph = context.dsl.graph(context)
        for feature in KnownFeature.all where feature.traits.contains(.activeOnceEnabled) {
            bounds[feature.name] = 1...1
        }
        countCompression()
        countDirectoryEntries()
        countVdevs()
        countRemovals()
        guard survey.isComplete, graph.lost.isEmpty, graph.unreadable.isEmpty else { return }
        countObsolete()
        countObjects()
        countDatasets()
    }

    private var directory: ObjectDirectory { context.pool.directory }

    private mutating func exactly(_ name: String, _ count: Int) {
        bounds[name] = UInt64(count)...UInt64(count)
    }

    /// Before 2013 lz4 became active with its first use only; the MOS uses it as soon as it is.
    private mutating func countCompression() {
        if context.pool.uberblock.rootPointer.compression != .lz4 { bounds["lz4_compress"] = 0...1 }
    }

    private mutating func countDirectoryEntries() {
        exactly("async_destroy", directory.object(.destroyedTrees) == nil ? 0 : 1)
        exactly("zpool_checkpoint", directory.value(.checkpoint) == nil ? 0 : 1)
        exactly("log_spacemap", directory.object(.logSpaceMaps) == nil ? 0 : 1)
        let names = directory.entries.map(\.name)
        let clones = names.count { $0.hasPrefix(ObjectDirectory.blockReferencesPrefix) }
        exactly("block_cloning", clones)
        bounds["block_cloning_endian"] = 0...UInt64(clones)
        exactly("fast_dedup", names.count(where: Self.isDedupDirectory))
        if let txgs = directory.object(.featureEnabledTxg),
            let entries = try? meta.entries(of: txgs, "enabled txgs")
        {
            exactly("enabled_txg", entries.count)
        }
    }

    /// `DDT-sha256`, not a store, a log or the statistics.
    private static func isDedupDirectory(_ name: String) -> Bool {
        name.hasPrefix("DDT-") && !name.hasPrefix("DDT-log-") && !name.contains("-zap-")
            && name != ObjectDirectory.Key.dedupStatistics.rawValue
    }

    private mutating func countVdevs() {
        guard let root = context.pool.config?.root else { return }
        let tops = root.children
        let draids = tops.count { $0.kind == .draid }
        exactly("draid", draids)
        bounds["draid_failure_domains"] = 0...UInt64(draids)
        exactly(
            "raidz_expansion",
            tops.reduce(0) { $0 + $1.expansionTxgs.count + ($1.isExpanding ? 1 : 0) })
        exactly("vdev_zaps_v2", (root.rootZAP ?? 0) == 0 ? 0 : 1)
        bounds["resilver_defer"] = 0...1
        bounds["device_rebuild"] = 0...UInt64(tops.count)
        let special = tops.count { top in
            let kind = VdevZAP(top.topZAP, meta, top.name).allocationClass(of: top)
            return kind == .special || kind == .dedup
        }
        // One that was removed still counts.
        bounds["allocation_classes"] = UInt64(special)...UInt64(special + tops.count)
    }

    /// As `verify_device_removal_feature_counts` of zdb does it.
    private mutating func countRemovals() {
        guard let root = context.pool.config?.root else { return }
        let mapped = root.children.filter { ($0.indirectObject ?? 0) != 0 }
        exactly("device_removal", mapped.count)
    }

    private mutating func countObsolete() {
        guard let root = context.pool.config?.root else { return }
        var count = 0
        for top in root.children {
            let zap = VdevZAP(top.topZAP, meta, top.name)
            if zap.obsoleteCountsArePrecise { count += 1 }
            if (zap.obsoleteMap ?? 0) != 0 { count += 1 }
            if let object = top.indirectObject, let mapping = survey.objects[object],
                mapping.bonusLength > Self.mappingWithoutCounts
            {
                count += 1
            }
        }
        if let condensing = try? context.pool.condensing(), condensing.nextMapping != 0 {
            count += 2
        }
        if directory.value(.obsoleteList) != nil { count += 1 }
        count += graph.datasets.values.count { ($0.fields.remapDeadlist ?? 0) != 0 }
        exactly("obsolete_counts", count)
    }

    /// `VDEV_INDIRECT_MAPPING_SIZE_V0` in bytes.
    private static let mappingWithoutCounts: UInt16 = 24
    /// `SPACE_MAP_SIZE_V0` in bytes: object, length, allocated.
    private static let mapWithoutHistogram: UInt16 = 24

    private mutating func countObjects() {
        let objects = survey.objects.objects
        exactly(
            "spacemap_histogram",
            objects.count {
                $0.bonusType == .spaceMapHeader && $0.bonusLength > Self.mapWithoutHistogram
            })
        exactly(
            "extensible_dataset",
            objects.count {
                $0.type.content == .zap
                    && ($0.bonusType == .dslDirectory || $0.bonusType == .dslDataset)
            })
        countEmptyLists()
    }

    /// Entries of deadlists and livelists that stand for nothing share one empty list.
    private mutating func countEmptyLists() {
        guard let empty = directory.object(.emptyList) else {
            exactly("empty_bpobj", 0)
            return
        }
        var count = 0
        for (number, object) in zip(survey.objects.numbers, survey.objects.objects)
        where object.type == .deadlist {
            guard !context.isCancelled, let list = try? Deadlist(number, meta),
                case .byBirth(_, let parts) = list.form
            else { return }
            count += parts.count { $0.list == empty }
        }
        exactly("empty_bpobj", count)
    }

    private mutating func countDatasets() {
        var counts: [String: Int] = [:]
        for feature in KnownFeature.all where feature.traits.contains(.perDataset) {
            counts[feature.name] = 0
        }
        var bookmarks: [UInt64] = []
        for dataset in graph.datasets.values {
            for feature in dataset.fields.features { counts[feature.name, default: 0] += 1 }
            if let object = dataset.fields.bookmarks, object != 0 { bookmarks.append(object) }
        }
        for (name, count) in counts { exactly(name, count) }
        countBookmarks(bookmarks)
        let live = graph.directories.values.count { ($0.fields.livelist ?? 0) != 0 }
        var deleted = 0
        if let object = directory.object(.deletedClones) {
            guard let entries = try? meta.entries(of: object, "deleted clones") else { return }
            deleted = entries.count
        }
        exactly("livelist", live + deleted)
        // Once active it stays so, whatever becomes of the directories that counted.
        let limited = graph.directories.values.contains { $0.fields.filesystemCount != nil }
        bounds["filesystem_limits"] = (limited ? 1 : 0)...1
    }

    private mutating func countBookmarks(_ maps: [UInt64]) {
        var (large, written, redacted, spilled) = (0, 0, 0, 0)
        for map in maps {
            guard let entries = try? meta.entries(of: map, "bookmarks") else { return }
            for entry in entries where entry.words.count > Bookmark.firstFormWords {
                large += 1
                guard
                    let bookmark = try? Bookmark(
                        words: entry.words, minimum: Bookmark.firstFormWords)
                else { return }
                if bookmark.hasFreedSums { written += 1 }
                guard bookmark.redactionList != 0 else { continue }
                redacted += 1
                if survey.objects[bookmark.redactionList]?.hasSpill == true { spilled += 1 }
            }
        }
        exactly("bookmarks", maps.count)
        exactly("bookmark_v2", large)
        exactly("bookmark_written", written)
        exactly("redaction_bookmarks", redacted)
        exactly("redaction_list_spill", spilled)
    }
}
