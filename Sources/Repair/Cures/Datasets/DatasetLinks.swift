import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Fields of directories and datasets: links, times, counts, identifiers, flags.
struct DatasetLinks {
    private let problems: [Problem]
    private let graph: DatasetGraph
    private let pool: Pool

    init(_ problems: [Problem], _ graph: DatasetGraph, _ pool: Pool) {
        self.problems = problems
        self.graph = graph
        self.pool = pool
    }

    var steps: [CureStep] {
        let times = wrongTimes
        var steps = times.map { step(ofTime: $1, of: $0) }
        let cured = Set(steps.flatMap(\.problems))
        for problem in problems where !cured.contains(problem) {
            if let step = step(problem) { steps.append(step) }
        }
        return steps
    }

    private func step(_ problem: Problem) -> CureStep? {
        switch problem.kind {
        case .dslIdentifier: identifier(problem)
        case .dslDeferredDestroy: deferredDestroy(problem)
        case .dslRootPointer: rootPointer(problem)
        case .dslUnreadable: UnreadableBonus(problem, graph, pool)?.step
        case .dslHead where problem.evidence["expected"] == nil: owner(problem)
        case .dslLimitCount: limitCount(problem)
        default: BookField(problem, of: pool)?.step([problem], cure: DatasetCure.name)
        }
    }

    /// A dataset that names another directory than the one that has it.
    private func owner(_ problem: Problem) -> CureStep? {
        guard let object = problem.location.object, let dataset = graph.datasets[object],
            let directory = graph.directories[dataset.directory],
            directory.chain.contains(object)
        else { return nil }
        return BookField(
            DSLDataset.Layout.directory, of: object, from: dataset.stored.directory,
            to: directory.object
        ).step([problem], cure: DatasetCure.name)
    }

    private func deferredDestroy(_ problem: Problem) -> CureStep? {
        guard let object = problem.location.object, let dataset = graph.datasets[object] else {
            return nil
        }
        let flags = dataset.stored.flags
        return BookField(
            DSLDataset.Layout.rawFlags, of: object, from: flags.rawValue,
            to: flags.subtracting(.deferredDestroy).rawValue
        ).step([problem], cure: DatasetCure.name)
    }

    /// Counts that limits are held against stand in the directory's own ZAP.
    private func limitCount(_ problem: Problem) -> CureStep? {
        guard let object = problem.location.object,
            case .text(let field)? = problem.evidence["field"],
            let expected = problem.evidence["expected"]?.unsigned
        else { return nil }
        let name = problem.location.dataset ?? "directory \(object)"
        return CureStep(
            [problem], cure: DatasetCure.name, "Set \(field) of \(name) to \(expected)"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(object) { zap throws(RepairError) in
                try zap.setWord(field, expected)
            }
        }
    }
}

extension DatasetLinks {
    /// A number that no other dataset has, made of what it is for, so that the same plan comes out each time.
    private func identifier(_ problem: Problem) -> CureStep? {
        guard let object = problem.location.object, let dataset = graph.datasets[object],
            case .text(let name)? = problem.evidence["field"]
        else { return nil }
        let isShort = name == DSLDataset.Layout.fsidGUID.name
        let field = isShort ? DSLDataset.Layout.fsidGUID : DSLDataset.Layout.guid
        let found = (isShort ? dataset.stored.fsidGUID : dataset.stored.guid).rawValue
        let taken = Set(
            graph.datasets.values.flatMap {
                [$0.stored.fsidGUID.rawValue, $0.stored.guid.rawValue]
            }
        )
        var new = isShort ? found & Self.shortMask : 0
        var seed = pool.guid.rawValue ^ object
        while new == 0 || taken.contains(new) {
            seed = seed &+ 0x9e37_79b9_7f4a_7c15
            new = (seed ^ seed >> 30) &* 0xbf58_476d_1ce4_e5b9
            new = (new ^ new >> 27) &* 0x94d0_49bb_1331_11eb
            if isShort { new &= Self.shortMask }
        }
        return BookField(field, of: object, from: found, to: new)
            .step([problem], cure: DatasetCure.name)
    }

    /// `ds_fsid_guid` has 56 bits.
    private static let shortMask: UInt64 = (1 << 56) - 1

    /// A pointer that says it leads to something else than an object set, though an object set is what it leads to.
    private func rootPointer(_ problem: Problem) -> CureStep? {
        guard let object = problem.location.object, let dataset = graph.datasets[object] else {
            return nil
        }
        let old = dataset.stored.rootPointer
        guard !old.isHole else { return emptied(old, of: dataset, problem) }
        guard !old.isEmbedded else { return nil }
        var pointer = old
        pointer.words[6] &= ~(UInt64(0xff) << 48 | UInt64(0x1f) << 56)
        pointer.words[6] |= UInt64(ObjectType.objectSet.rawValue) << 48
        guard pointer.words[6] != old.words[6],
            dataset.isHead || pointer.birth <= dataset.stored.creationTxg,
            let set = try? ObjectSet(source: pool.reader, pointer: pointer),
            set.header.metaDnode.type == .dnode
        else { return nil }
        let field = Field<UInt64>(
            "blk_prop", at: DSLDataset.Layout.rootPointerOffset + 6 * MemoryLayout<UInt64>.size)
        return BookField(field, of: object, from: old.words[6], to: pointer.words[6])
            .step([problem], cure: DatasetCure.name)
    }

    /// Clears what stands in a pointer to nothing; of a dataset that is to have blocks it may be what is left of a pointer.
    private func emptied(
        _ pointer: BlockPointer, of dataset: GraphDataset, _ problem: Problem
    ) -> CureStep? {
        guard !pointer.isEmbedded, dataset.stored.referencedBytes == 0 else { return nil }
        let said = [BlockPointer.Layout.properties, BlockPointer.Layout.logicalBirth]
            .map { $0.offset / 8 }
        let words = pointer.words.indices.filter { pointer.words[$0] != 0 && !said.contains($0) }
        let start = DSLDataset.Layout.rootPointerOffset
        let fields = words.map { index in
            BookField(
                Field<UInt64>("ds_bp", at: start + 8 * index), of: dataset.object,
                from: pointer.words[index], to: 0)
        }
        return CureStep(
            [problem], cure: DatasetCure.name,
            "Empty ds_bp of \(graph.name(ofDataset: dataset.object) ?? "object \(dataset.object)"), which leads nowhere"
        ) { transaction throws(RepairError) in
            for field in fields { try field.apply(to: &transaction) }
        }
    }
}

extension DatasetLinks {
    /// Snapshots whose own time of creation is wrong, with what all that follow on them say.
    private var wrongTimes: [(snapshot: GraphDataset, time: UInt64)] {
        let followers = graph.followers
        return graph.sortedDatasets.filter { !$0.isHead }.compactMap { snapshot in
            let own = snapshot.stored.creationTxg.rawValue
            let told = (followers[snapshot.object] ?? []).compactMap {
                graph.datasets[$0]?.stored.previousSnapshotTxg.rawValue
            }
            guard let time = told.first, time != own, told.allSatisfy({ $0 == time }),
                isPlausible(time, snapshot), !isPlausible(own, snapshot) || told.count > 1
            else { return nil }
            return (snapshot, time)
        }
    }

    /// Whether the snapshot can have been taken then: after the one before it and the last change of its tree, before
    /// the next.
    private func isPlausible(_ txg: UInt64, _ snapshot: GraphDataset) -> Bool {
        let before = graph.datasets[snapshot.previous]?.stored.creationTxg.rawValue ?? 0
        let pointer = snapshot.stored.rootPointer
        let changed = pointer.isHole ? 0 : pointer.birth.rawValue
        guard txg > before, txg >= changed, txg <= pool.txg.rawValue else { return false }
        let next = graph.datasets[snapshot.stored.nextSnapshot]
        guard let next, !next.isHead else { return true }
        return txg < next.stored.creationTxg.rawValue
    }

    private func step(ofTime time: UInt64, of snapshot: GraphDataset) -> CureStep {
        let own = snapshot.stored.creationTxg.rawValue
        let followers = graph.followers[snapshot.object] ?? []
        let cured = problems.filter { problem in
            guard problem.kind == .dslChain, let object = problem.location.object,
                case .text(let field)? = problem.evidence["field"]
            else { return false }
            return field == DSLDataset.Layout.creationTxg.name && object == snapshot.object
                || field == DSLDataset.Layout.previousSnapshotTxg.name
                    && followers.contains(object)
                    && problem.evidence["expected"]?.unsigned == own
        }
        return BookField(
            DSLDataset.Layout.creationTxg, of: snapshot.object, from: own, to: time
        ).step(cured, cure: DatasetCure.name)
    }
}
