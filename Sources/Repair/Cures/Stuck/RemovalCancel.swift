import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The removal of a vdev that is under way and can't go on, since what it has written of its work is damaged: it is to be
/// cancelled.
///
/// Until a removal ends, blocks are read from where they always were, so nothing is lost but the copies. Mirrors
/// `spa_vdev_remove_cancel_sync` (`module/zfs/vdev_removal.c`): the copies are free again, as are the mapping, its counts, the
/// births and the map of what is obsolete; the vdev is one as any other.
struct RemovalCancel: Sendable {
    private let problems: [Problem]
    private let vdev: VdevConfig
    private let mapping: UInt64
    private let births: UInt64
    private let zap: VdevZAP
    private let state: RemovalState
    /// The copies as far as they are known; where the mapping can't be read, another round finds their space free.
    private let copies: [SpaceRange]
    /// The metaslabs that they lie in, by their places in the survey.
    private let metaslabs: Set<Int>
    private let pool: Pool

    /// Nil where no removal is under way, or nothing is wrong with it.
    init?(_ findings: VerifyResult, _ pool: Pool, _ context: CheckContext) {
        guard let state = try? pool.removal(), state.state == .running,
            let vdev = pool.rootConfig.children.first(where: { $0.id == state.removingVdev }),
            RemovalStateRebuild.isBeingRemoved(vdev), let mapping = vdev.indirectObject,
            let births = vdev.indirectBirths
        else { return nil }
        zap = VdevZAP(vdev.topZAP, pool.meta, "vdev \(vdev.name)")
        let counts = (try? pool.obsoleteCounts(of: vdev))?.object
        let objects = Set([mapping, births, counts, zap.obsoleteMap].compactMap(\.self))
        let own = findings.problems.filter { problem in
            problem.kind.severity.isDamage
                && (problem.location.objectSet ?? 0) == 0
                && (problem.location.object.map(objects.contains) ?? false
                    || problem.kind == .obsoleteMap && problem.location.vdev == vdev.id)
        }
        guard !own.isEmpty else { return nil }
        problems = own
        self.vdev = vdev
        self.mapping = mapping
        self.births = births
        self.state = state
        self.pool = pool
        let survey = findings.space?.survey
        let copies = survey.flatMap { RemovalSurvey($0, context) }?.copies ?? []
        self.copies = copies
        metaslabs = Set(
            (survey?.metaslabs ?? []).enumerated().compactMap { position, metaslab in
                let isTouched = copies.contains {
                    $0.vdev == metaslab.vdev && $0.bytes.overlaps(metaslab.bounds)
                }
                return isTouched && survey?.contents(of: metaslab) != nil ? position : nil
            })
    }

    /// Copies that could not be told come to light as leaks.
    static let uncovers = ["spacemap"].map { RepairConsequence($0) }

    var step: CureStep {
        let bytes = copies.reduce(UInt64(0)) {
            $0 &+ ($1.bytes.upperBound - $1.bytes.lowerBound)
        }
        return CureStep(
            problems, cure: StuckCure.name, as: .discard,
            "Cancel the removal of vdev \(vdev.id ?? 0), which keeps all that is on it",
            losses: [
                RepairLoss(
                    object: mapping,
                    "what was copied of vdev \(vdev.id ?? 0) so far: \(bytes) bytes")
            ], apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        transaction.released += copies
        transaction.rebuiltMetaslabs.formUnion(metaslabs)
        try freeObjects(in: &transaction.meta)
        var ended = state
        ended.state = .canceled
        ended.endTime = max(pool.uberblock.timestamp, state.startTime)
        try transaction.setRemovalState(ended.words)
        let left = try transaction.meta.countFeature(
            "com.delphix:device_removal", by: -1, of: pool)
        try reduce(left == 0 ? ["com.delphix:device_removal"] : [], in: &transaction)
    }

    private func freeObjects(in meta: inout ObjectSetDraft) throws(RepairError) {
        var users = 0
        if zap.obsoleteCountsArePrecise { users += 1 }
        if let map = zap.obsoleteMap, map != 0 {
            users += 1
            try RemovedVdevObjects.freeMap(map, in: &meta, pool)
        }
        if let own = vdev.topZAP, own != 0 {
            try meta.edit(own) { zap throws(RepairError) in
                try zap.removeEntry(VdevZAP.Name.preciseCounts)
                try zap.removeEntry(VdevZAP.Name.obsoleteMap)
            }
        }
        let head = try? pool.meta.object(mapping)
        // One that can't be looked at has counts where the vdev's notes are exact, since both need the feature.
        let hasCounts = head.map { $0.bonus.count > 24 } ?? zap.obsoleteCountsArePrecise
        if hasCounts { users += 1 }
        try RemovedVdevObjects.freeMapping(mapping, in: &meta, pool)
        if let object = try? pool.meta.object(births), object.type == .wordMetadata,
            births != mapping
        {
            try meta.free(births, ignoringDamage: true)
        }
        try meta.countFeature(RemovedVdevObjects.countsFeature, by: -users, of: pool)
    }

    /// Takes from the configuration that the vdev is being removed, and that nothing may be allocated from it unless the user
    /// wants that.
    private func reduce(
        _ features: Set<String>, in transaction: inout Transaction
    ) throws(RepairError) {
        guard let guid = vdev.guid, let config = pool.directory.object(.config) else {
            throw .unsupported("the configuration in the MOS can't be read")
        }
        var pairs: Set<String> = [
            ConfigKey.removing, ConfigKey.indirectObject, ConfigKey.indirectBirths,
        ]
        if zap.values["allocating"]?.uint64 != 0 { pairs.insert(ConfigKey.nonAllocating) }
        let reduction = ConfigReduction(vdev: guid, pairs: pairs, features: features)
        try transaction.meta.edit(config) { object throws(RepairError) in
            try object.replacePackedList(reduction.applied(to: try object.packedList()))
        }
        transaction.reductions.append(reduction)
    }
}
