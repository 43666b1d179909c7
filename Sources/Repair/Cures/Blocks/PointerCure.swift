import Bytes
package import Datasets
import Objects
import Vdevs
package import Verify

/// Takes pointers from the snapshot before, where a dataset shares a block with it and its own pointer to the block is
/// the wrong one of the two; takes copies that are none out of pointers to deduplicated blocks.
///
/// Which is right the checksum tells. Only the current state of a dataset is written to. A snapshot keeps its wrong pointer, but
/// what has come after it and shares that gets the right one; where the snapshot's pointer alone is the wrong one, nothing is
/// done, and the dataset has its data. Damage that comes of the wrong pointer goes with it, so other cures
/// wait for another round.
package struct PointerCure: SteppedCure {
    package static let name = "pointers"
    package static let summary =
        "takes pointers from the snapshot before where a dataset's own to the same block are wrong, and stray copies out of pointers"

    let steps: [CureStep]
    package let uncovers: [RepairConsequence]

    /// What can't be read through a wrong pointer, or was counted by it.
    private static let families = [
        "block", "blkptr", "dnode", "object", "zap", "zpl", "sa", "zil", "crypt",
    ]
    /// The same, of the pool as a whole.
    private static let sums = ["accounting", "dsl", "spacemap", "ddt"]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        guard !own.isEmpty, let context = findings.context else { return nil }
        let sets = EditableSets(pool)
        var steps: [CureStep] = []
        var touched: Set<UInt64> = []
        for problem in own {
            guard problem.kind == .pointerDiffers, let dataset = problem.location.objectSet,
                let difference = context.dsl.pointerDifferences(of: dataset, context)
                    .first(where: { $0.location == problem.location }),
                difference.rightSide(pool.reader) == .older
            else { continue }
            if sets.set(dataset) != nil {
                touched.insert(dataset)
                steps.append(Self.step([problem], difference, in: dataset, sets))
                continue
            }
            // Sums of the snapshot are by its own pointer, so that what they sum up must be the same by both.
            guard difference.takesSameSpace else { continue }
            var later = LaterStates(pool)
            let block = LaterStates.Block(difference.newer, at: difference.place)
            later.forEachState(sharing: [block]) { _, head in
                guard sets.set(head.object) != nil else { return }
                touched.insert(head.object)
                steps.append(Self.step([], difference, in: head.object, sets))
            }
        }
        for correction in StrayCopies(own, context).corrections {
            touched.insert(correction.place.objectSet)
            steps.append(Self.step(correction, sets))
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
        uncovers =
            touched.sorted().flatMap { dataset in
                Self.families.map { RepairConsequence($0, in: dataset) }
            } + Self.sums.map { RepairConsequence($0) }
    }

    private static func step(
        _ correction: StrayCopies.Correction, _ sets: EditableSets
    ) -> CureStep {
        let place = correction.place
        return CureStep(
            [correction.problem], cure: name, as: .rebuild,
            "Take a copy that is none out of the pointer to block \(place.index) of "
                + sets.place(place.object, in: place.objectSet)
        ) { transaction throws(RepairError) in
            try graft(correction.pointer, at: place, in: &transaction)
        }
    }

    /// What is cured is nothing where the difference is a snapshot's, which keeps it.
    private static func step(
        _ problems: [Problem], _ difference: PointerDifference, in dataset: UInt64,
        _ sets: EditableSets
    ) -> CureStep {
        let place = difference.place.inside(dataset)
        let what =
            place.level == BlockPlace.rootLevel
            ? "the root of \(sets.dataset(dataset)?.name ?? "")"
            : "block \(place.index) of level \(place.level) of "
                + sets.place(place.object, in: dataset)
        let former = sets.dataset(difference.place.objectSet)?.name ?? ""
        let pointer = difference.older
        return CureStep(
            problems, cure: name, as: .restore,
            problems.isEmpty
                ? "Take the pointer to \(what) from the snapshot before \(former), which keeps the wrong one"
                : "Take the pointer to \(what) from the snapshot before"
        ) { transaction throws(RepairError) in
            try graft(pointer, at: place, in: &transaction)
        }
    }

    /// Puts a pointer into the current state of a dataset.
    static func graft(
        _ pointer: BlockPointer, at place: BlockPlace, in transaction: inout Transaction
    ) throws(RepairError) {
        guard place.level != BlockPlace.rootLevel else {
            return try transaction.meta.edit(place.objectSet) { dataset throws(RepairError) in
                let order = dataset.order
                try dataset.editBonus { bonus throws(FormatError) in
                    let start = DSLDataset.Layout.rootPointerOffset
                    let end = start + BlockPointer.byteCount
                    guard end <= bonus.count else {
                        throw FormatError("ds_bp", .badValue(UInt64(bonus.count)))
                    }
                    bonus.replaceSubrange(start..<end, with: pointer.encoded(order))
                }
            }
        }
        guard let level = UInt8(exactly: place.level) else {
            throw .unsupported("a block of level \(place.level) stands in no tree")
        }
        let slot = TreeSlot(level: level, index: place.index)
        try transaction.editDataset(place.objectSet) { set throws(RepairError) in
            guard place.object != 0 else {
                return try set.editDnodes { dnodes throws(RepairError) in
                    dnodes.graft(pointer, at: slot)
                }
            }
            try set.edit(place.object) { object throws(RepairError) in
                object.graft(pointer, at: slot)
            }
        }
    }
}
