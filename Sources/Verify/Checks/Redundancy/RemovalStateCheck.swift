import Bytes
import Datasets
import Objects
import Vdevs

/// IN6: what the pool says of its removals: the vdev that is being removed is there, the chain reaches every removed vdev
/// once, and a mapping that is being condensed is one.
struct RemovalStateCheck: Check {
    static let kinds: [ProblemKind] = [.removalState, .removalChain, .condensingState]

    func run(_ context: CheckContext) {
        checkState(context)
        checkChain(context)
        checkCondensing(context)
    }

    private func checkState(_ context: CheckContext) {
        let pool = context.pool
        guard let value = pool.directory.value(.removing) else { return }
        guard value.integerSize == 8, value.count == RemovalState.byteCount / 8,
            let removal = try? pool.removal()
        else {
            return report(
                .removalState, .removing, nil, "it has \(value.count) words", context)
        }
        if removal.state.rawValue > ScanProgress.canceled.rawValue {
            report(
                .removalState, .removing, nil, "sr_state is \(removal.state.rawValue)", context)
        }
        let vdev = removal.removingVdev
        let top = pool.rootConfig.children.first { $0.id == vdev }
        if removal.state == .finished {
            // `vdev_remove_complete_sync`.
            if top?.kind != .indirect {
                report(.removalState, .removing, vdev, "the vdev was not removed", context)
            }
            if removal.copied != removal.toCopy {
                report(
                    .removalState, .removing, vdev,
                    "\(removal.copied) of \(removal.toCopy) bytes were copied", context)
            }
        }
        guard removal.state == .running else { return }
        if let flaw = flaw(of: top) { report(.removalState, .removing, vdev, flaw, context) }
    }

    /// Why a vdev can't be one that is being removed.
    private func flaw(of top: VdevConfig?) -> String? {
        guard let top, ![.indirect, .hole, .missing].contains(top.kind) else {
            return "there is no such vdev to remove"
        }
        if (top.indirectObject ?? 0) == 0 { return "it has no mapping of what was copied" }
        return (top.indirectBirths ?? 0) == 0 ? "it has no list of when it was copied" : nil
    }

    private func checkChain(_ context: CheckContext) {
        let chain = RemovalChain(context.pool)
        if let flaw = chain.flaw { report(.removalChain, .removing, nil, flaw, context) }
        for vdev in chain.unreached {
            report(
                .removalChain, .removing, vdev, "the chain of removals does not reach it", context)
        }
    }

    /// Mirrors `spa_condense_init` (`module/zfs/vdev_indirect.c`); all zero once it is done.
    private func checkCondensing(_ context: CheckContext) {
        let pool = context.pool
        guard let value = pool.directory.value(.condensing) else { return }
        guard value.integerSize == 8, value.count == CondensingState.byteCount / 8,
            let state = try? pool.condensing()
        else {
            return report(
                .condensingState, .condensing, nil, "it has \(value.count) words", context)
        }
        guard state.nextMapping != 0 || state.previousObsoleteMap != 0 || state.vdev != 0 else {
            return
        }
        let top = pool.rootConfig.children.first { $0.id == state.vdev }
        if top?.kind != .indirect {
            report(
                .condensingState, .condensing, state.vdev, "the vdev was not removed", context)
        }
        let survey = context.meta.survey(context)
        func lost(_ object: UInt64) -> Bool { survey.lost.contains { $0.contains(object) } }
        let mapping = survey.objects[state.nextMapping]
        if !lost(state.nextMapping), !(mapping.map(Self.isMapping) ?? false) {
            report(
                .condensingState, .condensing, state.vdev,
                "object \(state.nextMapping) is no mapping", context)
        }
        let map = survey.objects[state.previousObsoleteMap]
        if !lost(state.previousObsoleteMap), map?.bonusType != .spaceMapHeader {
            report(
                .condensingState, .condensing, state.vdev,
                "object \(state.previousObsoleteMap) is no space map", context)
        }
    }

    /// A mapping has a header of three words, and one more where obsolete space is counted.
    private static func isMapping(_ object: MetaObjectTable.Object) -> Bool {
        object.type.content == .uint64 && [24, 32].contains(object.bonusLength)
    }

    private func report(
        _ kind: ProblemKind, _ key: ObjectDirectory.Key, _ vdev: UInt64?, _ cause: String,
        _ context: CheckContext
    ) {
        var location = Location(objectSet: 0, object: ObjectDirectory.objectNumber)
        location.key = key.rawValue
        location.vdev = vdev
        context.report(Problem(kind, at: location, evidence: Record(["cause": .text(cause)])))
    }
}
