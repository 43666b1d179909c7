import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Lists of clones of directories and snapshots, written anew from what the clones say of themselves.
struct CloneLists {
    private let problems: [Problem]
    private let graph: DatasetGraph

    init(_ problems: [Problem], _ graph: DatasetGraph) {
        self.problems = problems
        self.graph = graph
    }

    var steps: [CureStep] {
        let (followers, clones) = (graph.followers, graph.clones)
        return problems.compactMap { problem in
            guard let object = problem.location.object else { return nil }
            switch problem.kind {
            case .dslClones:
                guard let directory = graph.directories[object] else { return nil }
                return step(
                    problem, clones[object] ?? [], DSLDirectory.Layout.clones,
                    directory.stored.clones, .dslClones)
            case .dslNextClones:
                guard let snapshot = graph.datasets[object] else { return nil }
                return step(
                    problem, graph.clones(of: snapshot, among: followers[object] ?? []),
                    DSLDataset.Layout.nextClones, snapshot.stored.nextClones, .nextClones)
            default: return nil
            }
        }
    }

    private func step(
        _ problem: Problem, _ clones: Set<UInt64>, _ field: Field<UInt64>, _ map: UInt64,
        _ type: ObjectType
    ) -> CureStep? {
        guard let object = problem.location.object else { return nil }
        // A number is its own name, in hexadecimal (`zap_add_int`).
        let entries = clones.sorted().map { (name: String($0, radix: 16), word: $0) }
        let name = problem.location.dataset ?? "object \(object)"
        return CureStep(
            [problem], cure: DatasetCure.name,
            "List the \(clones.count) clones of \(name) anew (\(field.name))"
        ) { transaction throws(RepairError) in
            guard map != 0 else {
                let new = try transaction.meta.addZAP(type: type, entries)
                return try BookField(field, of: object, from: 0, to: new).apply(to: &transaction)
            }
            try transaction.meta.edit(map) { zap throws(RepairError) in
                try zap.editZAP { table throws(RepairError) in
                    table.remove { _ in true }
                    for entry in entries { try table.set(entry.name, ZAPValue(word: entry.word)) }
                }
            }
        }
    }
}
