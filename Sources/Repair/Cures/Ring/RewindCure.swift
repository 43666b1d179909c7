package import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// Goes back to an older state without losing the way forward: a new group continues the older tree, and the newer one stays
/// whole until that is done.
///
/// Only the user can want this, so it is planned where the pool was opened at an older state and the cure is named. Blocks
/// go only where neither state has anything. Unlike the rewind of an import (`spa_load_best` in `module/zfs/spa.c`), which
/// gives the newer groups up at once, it can be taken back by the undo log.
package struct RewindCure: RingCure {
    package static let name = "rewind"
    package static let summary = "goes on from the older state that --txg names"

    package let cured: [Problem] = []
    package let actions: [RepairAction]
    package let dropped: Set<TransactionGroup> = []
    /// Why it can't be; nil where it can.
    private let obstacle: String?
    /// The newest state, where it opens and is not the one that is continued.
    private let newest: Pool?

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard let last = pool.uberblocks.map(\.txg).max(), last > pool.txg, !pool.isCheckpoint
        else { return nil }
        let opened = try? Pool.open(pool.candidate)
        newest = opened.flatMap { $0.txg > pool.txg ? $0 : nil }
        obstacle = Self.obstacle(findings, pool, newest)
        var losses = [
            RepairLoss("all that was written after txg \(pool.txg) up to txg \(last)")
        ]
        if let newest, let changes = try? RewindChanges(from: newest, to: pool) {
            losses += Self.losses(changes)
        }
        actions = [
            RepairAction(
                cure: Self.name, repair: .discard,
                what: "Go back to txg \(pool.txg) and continue it as a new group", codes: [],
                losses: losses)
        ]
    }

    private static func losses(_ changes: RewindChanges) -> [RepairLoss] {
        changes.created.map { RepairLoss(dataset: $0, "it was made since") }
            + changes.renamed.map {
                RepairLoss(dataset: $0.name, "it will be called \($0.former) again")
            }
            + changes.datasets.flatMap { change in
                let what =
                    "\(change.objectCount) objects were changed since, \(change.byteCount) bytes written"
                return [RepairLoss(dataset: change.dataset, what)]
                    + change.paths.map { path in
                        RepairLoss(
                            dataset: change.dataset, path: path.hasPrefix("/") ? path : nil,
                            "\(path.hasPrefix("/") ? "it" : path) was changed since")
                    }
            }
    }

    /// What speaks against going back, as a sentence.
    private static func obstacle(
        _ findings: VerifyResult, _ pool: Pool, _ newest: Pool?
    ) -> String? {
        let lost = findings.problems.filter {
            [.blockChecksum, .blockUnreadable, .decompressFailed].contains($0.kind)
        }
        if !lost.isEmpty {
            return "\(lost.count.counted("block")) of txg \(pool.txg) can't be read any more"
        }
        guard let survey = findings.space?.survey, survey.isComplete else {
            return "not all that owns space at txg \(pool.txg) could be found"
        }
        if pool.directory.value(.checkpoint) != nil {
            return "at txg \(pool.txg) the pool has a checkpoint, whose blocks may be gone"
        }
        let root = newest?.rootConfig ?? pool.candidate.root
        if vdevs(root) != vdevs(pool.rootConfig) {
            return "vdevs were added, removed or replaced since txg \(pool.txg)"
        }
        if overlapsLogs(survey) {
            return "intent log blocks of later groups lie where txg \(pool.txg) has other blocks"
        }
        return nil
    }

    /// What must be the same for the labels of today to fit the older configuration.
    private static func vdevs(_ root: VdevConfig) -> Set<[UInt64]> {
        Set(
            root.children.flatMap { top in
                top.all.map { vdev in
                    [
                        top.id ?? .max, vdev.guid?.rawValue ?? 0,
                        UInt64(vdev.kind == .indirect ? 1 : 0),
                    ]
                }
            })
    }

    /// Logs that nobody has claimed are entered in the maps by the commit, so that the next import can free them.
    private static func overlapsLogs(_ survey: SpaceSurvey) -> Bool {
        PendingLogs.ranges(survey.pendingLogBlocks).contains { range in
            survey.metaslabs.contains { metaslab in
                guard metaslab.vdev == range.vdev, metaslab.bounds.overlaps(range.bytes) else {
                    return false
                }
                let units = metaslab.geometry.units(
                    range.bytes.clamped(to: metaslab.bounds), ofMetaslab: metaslab.index)
                return metaslab.claimed.contains { $0.overlaps(units) }
                    || (metaslab.allocated?.countSet(in: units) ?? 0) > 0
            }
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        if let obstacle { throw .unsupported("going back is not possible: \(obstacle)") }
        guard let newest else { return }
        var options = SpaceCheckOptions(threadCount: 1, depth: .none, findsOwners: false)
        options.keepsSurvey = true
        let check = SpaceCheck(
            newest, options, meter: ProgressMeter(), interruption: Interruption())
        let result: SpaceCheckResult
        do {
            result = try check.run()
        } catch {
            throw .device(error)
        }
        guard let survey = result.survey,
            survey.metaslabs.allSatisfy({ $0.allocated != nil || $0.mapObject == 0 })
        else {
            throw .unsupported(
                "what txg \(newest.txg) takes can't be found out, so it could not be kept whole until the commit is done"
            )
        }
        transaction.kept = survey
    }
}
