import Bytes
import Datasets
import Objects
import Vdevs

/// Uberblocks that are sound, plausible, the same everywhere, and fit the pool that they lead to.
struct UberblockCheck: Check {
    static let kinds =
        UberblockProblems.kinds + [.uberblockGarbage, .uberblockGUIDSum]

    func run(_ context: CheckContext) {
        let pool = context.pool
        for problem in UberblockProblems(context.labels, pool: pool.candidate.guid).all {
            // Whatever is newer than the state that is read may be in the middle of being written.
            if let txg = problem.location.txg, txg > pool.txg, pool.live.movedOn() != nil {
                continue
            }
            // Of the state that is read, `uberblock.reflow` tells it.
            let isReflow = problem.evidence["field"] == .text(Uberblock.Layout.reflow.name)
            if isReflow, problem.location.txg == pool.txg { continue }
            context.report(problem)
        }
        checkNewer(context)
        checkGUIDs(context)
        checkCheckpoint(context)
    }

    /// The uberblock that the checkpoint keeps (`spa_checkpoint_sync`, `module/zfs/spa_checkpoint.c`).
    private func checkCheckpoint(_ context: CheckContext) {
        guard let value = context.pool.directory.value(.checkpoint), value.integerSize == 8 else {
            return
        }
        var place = Location()
        place.objectSet = 0
        place.object = ObjectDirectory.objectNumber
        place.key = ObjectDirectory.Key.checkpoint.rawValue
        let bytes = value.words.littleEndianBytes
        guard let uberblock = try? Uberblock(bytes.rawBytes) else {
            context.report(
                Problem(
                    .uberblockField, at: place,
                    evidence: Record(["cause": "what stands there is no uberblock"])))
            return
        }
        for problem in UberblockProblems.fieldProblems(uberblock) { context.report(problem) }
        var flaws: [(field: String, expected: UInt64, found: UInt64)] = [
            ("ub_checkpoint_txg", uberblock.txg.rawValue, uberblock.checkpointTxg.rawValue),
            // No checkpoint can be taken while a RAID-Z expands (`spa_checkpoint_check`).
            ("ub_raidz_reflow_info", 0, uberblock.reflow.word),
        ]
        do throws(PoolError) {
            let old = try Pool.open(context.pool.candidate, PoolOptions(.checkpoint))
            if let root = old.config?.root {
                flaws.append(("ub_guid_sum", Self.sum(root), uberblock.guidSum))
            }
            flaws += sizes(uberblock.rootPointer, old)
        } catch {
            context.report(
                Problem(
                    .uberblockRoot, at: place, evidence: Record(["cause": .text("\(error)")])))
        }
        for flaw in flaws where flaw.expected != flaw.found {
            var evidence = Record.comparison(
                flaw.field, expected: flaw.expected, found: flaw.found)
            evidence.add("cause", "the uberblock that the checkpoint keeps is another's")
            context.report(
                Problem(.uberblockField, at: place, evidence: evidence))
        }
    }

    /// The room that each copy of the checkpoint's root takes, which nobody claims who walks the present state.
    private func sizes(
        _ root: BlockPointer, _ pool: Pool
    ) -> [(field: String, expected: UInt64, found: UInt64)] {
        (0..<root.copyLimit).filter(root.hasCopy).compactMap { copy in
            let address = root.dva(copy)
            guard !address.isGang,
                let expected = try? pool.vdevs.allocatedSize(
                    of: UInt64(truncatingIfNeeded: root.physicalSize), vdev: address.vdev,
                    physicalBirth: root.physicalBirth)
            else { return nil }
            return ("ub_rootbp.blk_dva[\(copy)]", expected, address.allocatedSize)
        }
    }

    private static func sum(_ root: VdevConfig) -> UInt64 {
        root.all.reduce(UInt64(0)) { $0 &+ ($1.guid?.rawValue ?? 0) }
    }

    /// How many uberblocks newer than the one that is read are tried.
    private static let mostTried = 32

    /// Uberblocks that ZFS would prefer, and that lead nowhere.
    private func checkNewer(_ context: CheckContext) {
        let pool = context.pool
        guard !pool.isCheckpoint else { return }
        var tried: Set<BlockPointer> = [pool.uberblock.rootPointer]
        for uberblock in pool.uberblocks.prefix(while: { pool.uberblock.precedes($0) })
        where tried.insert(uberblock.rootPointer).inserted && tried.count <= Self.mostTried {
            do throws(PoolError) {
                _ = try Pool.open(pool.candidate, at: uberblock)
            } catch {
                guard pool.live.movedOn() == nil else { return }
                var evidence = Record(["cause": .text("\(error)"), "used": .txg(pool.txg)])
                if uberblock.txg > pool.txg {
                    evidence.add(
                        "lost_groups", .number(uberblock.txg.rawValue - pool.txg.rawValue))
                }
                evidence.add("lost_since", .time(pool.uberblock.timestamp))
                evidence.add("lost_until", .time(uberblock.timestamp))
                context.report(
                    Problem(.uberblockGarbage, at: Location(txg: uberblock.txg), evidence: evidence)
                )
            }
        }
    }

    /// What the uberblock says of the vdevs, against the configuration that it leads to.
    private func checkGUIDs(_ context: CheckContext) {
        let pool = context.pool
        guard let root = pool.config?.root else {
            context.leaveUnchecked(
                "the uberblock's sum of GUIDs", "the pool's configuration can't be read")
            return
        }
        let sum = Self.sum(root)
        if sum != pool.uberblock.guidSum {
            context.report(
                Problem(
                    .uberblockGUIDSum, at: Location(txg: pool.txg),
                    evidence: Record([
                        "expected": .word(sum), "found": .word(pool.uberblock.guidSum),
                    ])))
        }
    }
}
