package import Datasets
import Files
import Objects
import Vdevs
package import Verify

/// Makes holes of blocks that can't be read, and writes those again whose pointers can't be right.
///
/// Only by consent, and only in the current state of datasets: what a snapshot lost is lost until the snapshot is destroyed, but
/// who shares a lost block with it gets the hole.
/// What hangs below a lost block of pointers is gone with it; the space that it took is found free in the next round.
package struct BlockCure: Cure {
    package static let name = "blocks"
    package static let summary =
        "makes holes of blocks that can't be read; writes blocks with bad pointers again"

    /// A block of dnodes that can be read, and is written again for its pointer's sake.
    private struct Rewrite {
        let objectSet: UInt64
        let slot: TreeSlot
        let problem: Problem
    }

    private let fixes: [BlockFix]
    private let lostDnodes: [LostDnodes]
    private let rewrites: [Rewrite]
    private let history: SideFix?

    package var cured: [Problem] {
        fixes.flatMap(\.problems) + lostDnodes.flatMap(\.problems) + rewrites.map(\.problem)
            + (history?.problems ?? [])
    }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let sets = EditableSets(pool)
        var fixes: [BlockFix] = []
        var lost: [LostDnodes] = []
        var rewrites: [Rewrite] = []
        var history: SideFix?
        var blocks = Self.claimedTwice(findings.problems, sets)
        for group in EditableSets.groups(findings.problems, cure: Self.name) {
            guard let set = sets.set(group.objectSet) else {
                for (key, found) in Self.shared(group.problems, sets) {
                    blocks[key, default: []] += found
                }
                continue
            }
            // Tables that follow from other things are written anew as wholes by those who know these.
            let derived = [ObjectDirectory.Key.logSpaceMaps, .dedupStatistics]
            guard
                group.objectSet != 0
                    || !derived.contains(where: { pool.directory.object($0) == group.object })
            else { continue }
            let dataset = sets.dataset(group.objectSet)
            if group.objectSet == 0, group.object == pool.directory.object(.history) {
                history = .emptyHistory(group.object, group.problems)
            } else if group.object == 0 {
                lost += LostDnodes.all(group.objectSet, group.problems, set, dataset)
                for problem in group.problems where problem.kind == .pointerFuture {
                    guard let slot = Self.slot(problem) else { continue }
                    rewrites.append(
                        Rewrite(objectSet: group.objectSet, slot: slot, problem: problem))
                }
            } else {
                for problem in group.problems {
                    guard let slot = Self.slot(problem) else { continue }
                    let key = Key(objectSet: group.objectSet, object: group.object)
                    blocks[key, default: []].append((problem, slot))
                }
            }
        }
        for (key, found) in blocks.sorted(by: { $0.key < $1.key }) {
            // A list in one piece is made anew as a whole by other cures.
            guard let set = sets.set(key.objectSet), let object = try? set.object(key.object),
                object.type != .packedNVList,
                let fix = BlockFix(
                    objectSet: key.objectSet, object, in: set, found,
                    sets.dataset(key.objectSet))
            else { continue }
            fixes.append(fix)
        }
        guard !fixes.isEmpty || !lost.isEmpty || !rewrites.isEmpty || history != nil else {
            return nil
        }
        self.rewrites = rewrites
        self.fixes = fixes
        self.history = history
        lostDnodes = lost
    }

    /// One object.
    private struct Key: Hashable, Comparable {
        let objectSet: UInt64
        let object: UInt64

        static func < (left: Self, right: Self) -> Bool {
            (left.objectSet, left.object) < (right.objectSet, right.object)
        }
    }

    private static func slot(_ problem: Problem) -> TreeSlot? {
        guard let level = problem.location.level.flatMap({ UInt8(exactly: $0) }),
            let index = problem.location.blockID
        else { return nil }
        return TreeSlot(level: level, index: index)
    }

    /// Lost blocks of a snapshot that the current states after it still have, in each of those: the snapshot keeps them.
    private static func shared(
        _ problems: [Problem], _ sets: EditableSets
    ) -> [Key: [(problem: Problem, slot: TreeSlot)]] {
        var later = LaterStates(sets.pool)
        let lost: Set<ProblemKind> = [.blockChecksum, .blockUnreadable, .decompressFailed]
        var found: [(problem: Problem, object: UInt64, slot: TreeSlot)] = []
        var shared: [LaterStates.Block] = []
        for problem in problems where lost.contains(problem.kind) {
            guard let slot = slot(problem), let snapshot = problem.location.objectSet,
                let object = problem.location.object, object != 0
            else { continue }
            let place = BlockPlace(
                objectSet: snapshot, object: object, level: Int8(clamping: slot.level),
                index: slot.index)
            guard let pointer = later.pointer(at: place) else { continue }
            found.append((problem, object, slot))
            shared.append(LaterStates.Block(pointer, at: place))
        }
        var blocks: [Key: [(problem: Problem, slot: TreeSlot)]] = [:]
        later.forEachState(sharing: shared) { number, head in
            guard sets.set(head.object) != nil else { return }
            let (problem, object, slot) = found[number]
            var location = problem.location
            (location.objectSet, location.dataset) = (head.object, head.name)
            blocks[Key(objectSet: head.object, object: object), default: []].append(
                (Problem(problem.kind, at: location, evidence: problem.evidence), slot))
        }
        return blocks
    }

    /// Of the owners of one piece of space all but one get a copy of their own.
    private static func claimedTwice(
        _ problems: [Problem], _ sets: EditableSets
    ) -> [Key: [(problem: Problem, slot: TreeSlot)]] {
        var blocks: [Key: [(problem: Problem, slot: TreeSlot)]] = [:]
        for problem in problems where problem.kind == .blockClaimedTwice {
            let owners = problem.owners.filter { $0.place.origin == .tree }
            guard owners.count == problem.owners.count, owners.count > 1 else { continue }
            let fixed = owners.first { sets.set($0.place.objectSet) == nil } ?? owners[0]
            let others = owners.filter { $0.place != fixed.place }
            let canMove = others.allSatisfy { owner in
                owner.place.level == 0 && owner.place.objectSet != 0 && owner.place.object != 0
                    && sets.set(owner.place.objectSet) != nil
            }
            guard canMove else { continue }
            for owner in others {
                let key = Key(objectSet: owner.place.objectSet, object: owner.place.object)
                blocks[key, default: []].append(
                    (problem, TreeSlot(level: 0, index: owner.place.index)))
            }
        }
        return blocks
    }

    package var actions: [RepairAction] {
        fixes.map { fix in
            let holes = fix.losses.count
            return RepairAction(
                cure: Self.name, repair: fix.losses.isEmpty ? .rebuild : .discard,
                what: fix.losses.isEmpty
                    ? "Write \(fix.slots.count.counted("block")) of \(fix.place) again, whose pointers can't be right"
                    : "Give up \(holes.counted("block")) of \(fix.place) that can't be read",
                codes: Set(fix.problems.map(\.kind.code)).sorted(), losses: fix.losses)
        }
            + lostDnodes.map(\.action)
            + rewrites.map { rewrite in
                RepairAction(
                    cure: Self.name, repair: .rebuild,
                    what:
                        "Write a block of dnodes of object set \(rewrite.objectSet) again, whose pointer can't be right",
                    codes: [rewrite.problem.kind.code])
            }
            + (history.map { history in
                [
                    RepairAction(
                        cure: Self.name, repair: .discard, what: history.what,
                        codes: Set(history.problems.map(\.kind.code)).sorted(),
                        losses: history.losses)
                ]
            } ?? [])
    }

    package var uncovers: [RepairConsequence] {
        let isDeep = !lostDnodes.isEmpty || fixes.contains(where: \.losesTrees)
        if isDeep { return Self.everything.map { RepairConsequence($0) } }
        var found: Set<RepairConsequence> = []
        for fix in fixes {
            if !fix.abandoned.isEmpty {
                found.insert(RepairConsequence("spacemap"))
                found.insert(RepairConsequence("dsl"))
            }
            for family in ["zpl", "sa", "accounting", "zap"] {
                found.insert(RepairConsequence(family, in: fix.objectSet))
            }
        }
        return Array(found)
    }

    /// Whatever could not be compared while part of the pool could not be read.
    private static let everything = [
        "zpl", "sa", "accounting", "zap", "spacemap", "dsl", "deadlist", "bpobj", "feature", "ddt",
        "brt", "dnode", "blkptr",
    ]

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for fix in fixes {
            try transaction.edit(fix.objectSet) { set throws(RepairError) in
                try fix.apply(to: &set)
            }
        }
        for lost in lostDnodes {
            try transaction.edit(lost.objectSet) { set throws(RepairError) in
                try lost.apply(to: &set)
            }
        }
        for rewrite in rewrites {
            try transaction.edit(rewrite.objectSet) { set throws(RepairError) in
                try set.touchDnodes(below: rewrite.slot)
            }
        }
        if let history { try history.apply(&transaction.meta) }
    }
}
