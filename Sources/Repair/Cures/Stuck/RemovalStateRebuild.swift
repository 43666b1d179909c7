import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The state of the last removal of a vdev, which is to be written anew from what the vdevs say of themselves.
///
/// A vdev that is being removed says so and has a mapping; each removed vdev names the one that was removed before it, so
/// that only the newest is named by none. Mirrors what `spa_remove_init` and `spa_finish_removal`
/// (`module/zfs/vdev_removal.c`) read and write.
struct RemovalStateRebuild: Sendable {
    private let problems: [Problem]
    private let state: RemovalState

    /// Nil where nothing is wrong with the state, or the vdevs don't tell what it must be.
    init?(_ problems: [Problem], _ pool: Pool) {
        let own = problems.filter { $0.kind == .removalState || $0.kind == .removalChain }
        guard !own.isEmpty, let newest = Self.newest(pool.rootConfig.children) else { return nil }
        let removing = pool.rootConfig.children.filter(Self.isBeingRemoved)
        guard removing.count <= 1 else { return nil }
        var state: RemovalState
        do {
            state = try pool.removal() ?? Self.empty()
        } catch {
            guard let empty = try? Self.empty() else { return nil }
            state = empty
        }
        let old = state
        state.previousIndirectVdev = newest
        if let vdev = removing.first?.id {
            state.state = .running
            state.removingVdev = vdev
        } else if state.state == .running || state.state.rawValue > ScanProgress.canceled.rawValue {
            state.state = newest == .max ? .canceled : .finished
            if newest != .max { state.removingVdev = newest }
        }
        guard state != old || pool.directory.value(.removing)?.count != state.words.count else {
            return nil
        }
        self.problems = own
        self.state = state
    }

    private static func empty() throws -> RemovalState {
        var state = try RemovalState(
            words: [UInt64](repeating: 0, count: RemovalState.byteCount / 8))
        state.removingVdev = .max
        state.previousIndirectVdev = .max
        return state
    }

    static func isBeingRemoved(_ vdev: VdevConfig) -> Bool {
        ![.indirect, .hole, .missing].contains(vdev.kind) && vdev.isRemoving && !vdev.isLog
            && (vdev.indirectObject ?? 0) != 0 && (vdev.indirectBirths ?? 0) != 0
    }

    /// The vdev that was removed last, `.max` where none was; nil where the vdevs make no single chain.
    private static func newest(_ tops: [VdevConfig]) -> UInt64? {
        let removed = tops.filter { $0.kind == .indirect }
        let named = removed.map { $0.previousIndirectVdev ?? .max }.filter { $0 != .max }
        let heads = Set(removed.compactMap(\.id)).subtracting(named)
        guard let head = heads.first else { return removed.isEmpty ? .max : nil }
        guard heads.count == 1 else { return nil }
        var left = Set(removed.compactMap(\.id))
        var next = head
        while next != .max {
            guard left.remove(next) != nil else { return nil }
            next = removed.first { $0.id == next }?.previousIndirectVdev ?? .max
        }
        return left.isEmpty ? head : nil
    }

    var step: CureStep {
        let words = state.words
        return CureStep(
            problems, cure: StuckCure.name,
            "Write the state of the last removal of a vdev anew as the vdevs tell it"
        ) { transaction throws(RepairError) in
            try transaction.setRemovalState(words)
        }
    }
}

extension Transaction {
    /// Gives the entry of the directory that holds the state of removals these words.
    mutating func setRemovalState(_ words: [UInt64]) throws(RepairError) {
        try meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
            try object.editZAP(salvaging: true) { entries throws(RepairError) in
                try entries.set(ObjectDirectory.Key.removing.rawValue, ZAPValue(words: words))
            }
        }
    }
}
