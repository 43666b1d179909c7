import Bytes
import Datasets
import Verify

/// Entries of child maps and of maps of snapshots: names that lead nowhere, and directories and snapshots without a name.
///
/// A name that leads nowhere and the only nameless one beside it belong together: the name is kept.
struct DatasetNames {
    private let problems: [Problem]
    private let graph: DatasetGraph

    init(_ problems: [Problem], _ graph: DatasetGraph) {
        self.problems = problems
        self.graph = graph
    }

    /// Something that a map is to name.
    private struct Nameless {
        let problem: Problem
        let object: UInt64
        let map: UInt64
        /// The directory that is to stand above a directory; nil for a snapshot.
        let parent: UInt64?
        var name: String { "recovered-\(object)" }
    }

    var steps: [CureStep] {
        let nameless = problems.compactMap(nameless)
        let stray = problems.filter { [.dslEntry, .dslSnapshotEntry].contains($0.kind) }
        var steps: [CureStep] = []
        var named: Set<UInt64> = []
        for problem in stray {
            guard let map = problem.location.object, let key = problem.location.key else {
                continue
            }
            let lost = nameless.filter { $0.map == map }
            if lost.count == 1, stray.count(where: { $0.location.object == map }) == 1,
                DatasetName.flaw(inPart: key) == nil
            {
                named.insert(lost[0].object)
                steps.append(step(lost[0], name: key, also: [problem]))
            } else {
                steps.append(removal(of: key, from: map, problem))
            }
        }
        for lost in nameless where !named.contains(lost.object) {
            steps.append(step(lost, name: lost.name, also: []))
        }
        return steps + problems.filter { $0.kind == .dslName }.compactMap(renaming)
    }

    private func nameless(_ problem: Problem) -> Nameless? {
        guard let object = problem.location.object else { return nil }
        switch problem.kind {
        case .dslSnapshotName:
            guard let map = problem.evidence["names"]?.unsigned, map != 0 else { return nil }
            return Nameless(problem: problem, object: object, map: map, parent: nil)
        case .dslUnreachable:
            guard let directory = graph.directories[object] else { return nil }
            let own = graph.directories[directory.stored.parent]
            let parent =
                own?.name != nil && own?.stored.childMap ?? 0 != 0
                ? own : graph.root.flatMap { graph.directories[$0] }
            guard let parent, parent.stored.childMap != 0 else { return nil }
            return Nameless(
                problem: problem, object: object, map: parent.stored.childMap,
                parent: parent.object)
        default: return nil
        }
    }

    private func step(_ lost: Nameless, name: String, also stray: [Problem]) -> CureStep {
        let (object, map) = (lost.object, lost.map)
        let parent = lost.parent.flatMap { parent -> BookField? in
            guard let stored = graph.directories[object]?.stored.parent, stored != parent else {
                return nil
            }
            return BookField(
                DSLDirectory.Layout.parent, of: object, from: stored, to: parent)
        }
        let what =
            lost.parent == nil
            ? "the snapshot in object \(object) of \(lost.problem.location.dataset ?? "the pool")"
            : "the directory in object \(object)"
        return CureStep([lost.problem] + stray, cure: DatasetCure.name, "Name \(what) \(name)") {
            transaction throws(RepairError) in
            try transaction.meta.edit(map) { zap throws(RepairError) in
                try zap.setWord(name, object)
            }
            try parent?.apply(to: &transaction)
        }
    }

    private func removal(of key: String, from map: UInt64, _ problem: Problem) -> CureStep {
        let place = problem.location.dataset ?? "object \(map)"
        return CureStep(
            [problem], cure: DatasetCure.name,
            "Remove the entry \(key) from the names in \(place) (object \(map) of the MOS)"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(map) { zap throws(RepairError) in
                try zap.removeEntry(key)
            }
        }
    }

    /// The same name with what can't stand in one replaced.
    private func renaming(_ problem: Problem) -> CureStep? {
        guard let map = problem.location.object, let key = problem.location.key,
            let above = graph.directories.values.first(where: { $0.stored.childMap == map }),
            let entry = above.children.first(where: { $0.name == key }), let object = entry.object
        else { return nil }
        var name = String(
            String.UnicodeScalarView(
                key.unicodeScalars.map { DatasetName.isAllowed($0) ? $0 : "_" }))
        if DatasetName.flaw(inPart: name) != nil { name = "recovered-\(object)" }
        if above.children.contains(where: { $0.name == name }) { name += "-\(object)" }
        let new = name
        return CureStep(
            [problem], cure: DatasetCure.name,
            "Rename \(key) in \(problem.location.dataset ?? "object \(map)") to \(new)"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(map) { zap throws(RepairError) in
                try zap.removeEntry(key)
                try zap.setWord(new, object)
            }
        }
    }
}
