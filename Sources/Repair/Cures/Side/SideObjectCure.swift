package import Datasets
package import Verify

/// Puts right, empties or drops what the pool can do without: its history, bookmarks, the state of a scrub, lists of blocks
/// that wait to be freed, of hot spares and of cache devices.
package struct SideObjectCure: Cure {
    package static let name = "side-objects"
    package static let summary =
        "empties or drops what a pool can do without: history, bookmarks, scrub states, free lists, spares"

    private let fixes: [SideFix]
    package var cured: [Problem] { fixes.flatMap(\.problems) }
    package var uncovers: [RepairConsequence] { fixes.flatMap(\.uncovers) }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter {
            $0.kind.cure == Self.name && $0.kind.severity.isDamage
        }
        var fixes: [SideFix] = []
        if let history = SideFix.history(own, pool) { fixes.append(history) }
        fixes += Self.entries(own, .scanState).map { SideFix.scan($0.key, $0.problems) }
        fixes += Self.entries(own, .transactionTimes).map { SideFix.times($0.key, $0.problems) }
        let lists = Dictionary(grouping: own.filter { $0.kind == .listUnreadable }) {
            $0.location.object ?? 0
        }
        for (number, problems) in lists.sorted(by: { $0.key < $1.key }) {
            if let fix = SideFix.emptyList(number, problems, pool) { fixes.append(fix) }
        }
        for key in [ObjectDirectory.Key.spares, .l2cache] {
            // Damage inside of the list, and a list that can't be read, go by the cures of configurations.
            let inside = findings.problems.filter {
                ["config", "nvlist"].contains($0.kind.family)
                    || $0.kind.cure == BlockCure.name && $0.location.objectSet == 0
            }
            if let fix = SideFix.auxiliary(key, inside, pool) { fixes.append(fix) }
        }
        if let fix = SideFix.waiting(own.filter { $0.kind == .waitingBlockInUse }, pool) {
            fixes.append(fix)
        }
        let bookmarks = Dictionary(grouping: own.filter { $0.kind.family == "bookmark" }) {
            [String($0.location.object ?? 0), $0.location.key ?? ""]
        }
        for (_, problems) in bookmarks.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            if let fix = SideFix.bookmark(problems) { fixes.append(fix) }
        }
        guard !fixes.isEmpty else { return nil }
        self.fixes = fixes
    }

    /// Entries of the directory of the MOS in which a kind of problem was found.
    private static func entries(
        _ problems: [Problem], _ kind: ProblemKind
    ) -> [(key: String, problems: [Problem])] {
        Dictionary(grouping: problems.filter { $0.kind == kind }) { $0.location.key ?? "" }
            .filter { !$0.key.isEmpty }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    package var actions: [RepairAction] {
        fixes.map { fix in
            RepairAction(
                cure: Self.name, repair: fix.losses.isEmpty ? .rebuild : .discard, what: fix.what,
                codes: Set(fix.problems.map(\.kind.code)).sorted(), losses: fix.losses)
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for fix in fixes { try fix.apply(&transaction.meta) }
    }
}
