package import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// Goes on from the state that is read where newer uberblocks lead nowhere, takes impossible ones out of the rings, writes
/// damaged copies anew, and sets a wrong sum of GUIDs right.
///
/// The commit itself does most of it: it is newer than every uberblock that counts, and all rings get it.
package struct UberblockCure: RingCure {
    package static let name = "uberblock"
    package static let summary =
        "goes on from the newest state that is whole, and puts damaged and impossible uberblocks right"

    package private(set) var cured: [Problem] = []
    package private(set) var actions: [RepairAction] = []
    package private(set) var dropped: Set<TransactionGroup> = []
    private var edits: [SlotEdit] = []
    private var guidSum: UInt64?
    private var reflow: RaidzReflow?

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let rings = Rings(pool)
        for problem in findings.problems where problem.kind.cure == Self.name {
            switch problem.kind {
            case .uberblockGarbage: goOn(problem, pool)
            case .uberblockImplausible: drop(problem, rings)
            case .uberblockChecksum: restore(problem, rings)
            case .uberblockGUIDSum: setSum(problem, pool)
            case .uberblockReflow: setProgress(problem, findings, pool, rings)
            default: break
            }
        }
        guard !cured.isEmpty else { return nil }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        transaction.slotEdits += edits
        if let guidSum { transaction.guidSum = guidSum }
        if let reflow { transaction.reflow = reflow }
    }

    private mutating func add(_ problem: Problem, _ what: String, losses: [RepairLoss] = []) {
        cured.append(problem)
        actions.append(
            RepairAction(
                cure: Self.name, repair: problem.kind.repair, what: what,
                codes: [problem.kind.code], losses: losses))
    }

    private mutating func goOn(_ problem: Problem, _ pool: Pool) {
        guard let txg = problem.location.txg else { return }
        add(
            problem,
            "Go on from txg \(pool.txg), since the uberblock of txg \(txg) leads to no pool",
            losses: [
                RepairLoss(
                    "what was written after txg \(pool.txg) up to txg \(txg), which can't be read any more"
                )
            ])
    }

    private mutating func drop(_ problem: Problem, _ rings: Rings) {
        guard let txg = problem.location.txg else { return }
        let places = rings.edits { $0.uberblock?.txg == txg }
        guard !places.isEmpty else { return }
        dropped.insert(txg)
        edits += places
        add(
            problem, "Take the uberblock of txg \(txg) out of all rings",
            losses: [RepairLoss("the uberblock of txg \(txg), which no pool can have reached")])
    }

    private mutating func restore(_ problem: Problem, _ rings: Rings) {
        guard let edit = rings.edit(problem.location) else { return }
        edits.append(edit)
        let place = "slot \(edit.slot) of label \(edit.label) of \(problem.location.device ?? "")"
        add(
            problem,
            edit.uberblock == nil
                ? "Empty \(place), which holds no uberblock"
                : "Write \(place) anew from another label of the device")
    }

    /// The configuration is believed where all its devices are there and say the same of themselves.
    private mutating func setSum(_ problem: Problem, _ pool: Pool) {
        guard let root = pool.config?.root, let expected = problem.evidence["expected"]?.unsigned,
            root.leaves.allSatisfy({ leaf in
                leaf.kind == .distributedSpare
                    || leaf.guid.map { pool.candidate.devices[$0] != nil } ?? false
            })
        else { return }
        guidSum = expected
        add(problem, "Write an uberblock with the sum of GUIDs of the configuration")
    }

    /// How far an expansion has come is believed where every block of the pool was found by it.
    private mutating func setProgress(
        _ problem: Problem, _ findings: VerifyResult, _ pool: Pool, _ rings: Rings
    ) {
        func growing(_ root: VdevConfig) -> [GUID?] {
            root.children.filter(\.isExpanding).map(\.guid)
        }
        let top = pool.rootConfig.children.first(where: \.isExpanding)
        let lost: Set<ProblemKind> = [.blockChecksum, .blockUnreadable, .decompressFailed]
        guard growing(pool.rootConfig) == growing(pool.candidate.root),
            growing(pool.rootConfig).count < 2, top?.flaws(of: pool.reflow).isEmpty ?? true,
            findings.space?.survey?.isComplete == true,
            !findings.problems.contains(where: { lost.contains($0.kind) })
        else { return }
        if reflow == nil, !pool.uberblock.reflow.state.isKnown,
            let mended = try? pool.uberblock.replacing(pool.reflow)
        {
            edits += rings.edits(writing: mended) { $0.validUberblock == pool.uberblock }
        }
        reflow = pool.reflow
        add(
            problem,
            top == nil
                ? "Write an uberblock that tells of no expansion of a RAID-Z"
                : "Write an uberblock that says the expansion of vdev \(top?.id ?? 0) has come to byte \(pool.reflow.offset), by which all blocks are found"
        )
    }

    /// The rings of the devices that a commit goes to.
    private struct Rings {
        private let sets: [(guid: GUID, labels: LabelSet)]

        init(_ pool: Pool) {
            sets = WritableLeaves(pool).leaves.map { ($0.guid, LabelSet($0.device)) }
        }

        /// Empties all slots that `isWanted` picks, or puts `uberblock` there.
        func edits(
            writing uberblock: Uberblock? = nil, _ isWanted: (UberblockSlot) -> Bool
        ) -> [SlotEdit] {
            sets.flatMap { guid, set in
                set.labels.flatMap { label in
                    label.ring.slots.filter(isWanted).map {
                        SlotEdit(guid, label: label.index, slot: $0.index, uberblock)
                    }
                }
            }
        }

        /// The slot at `place` as another label of the device has it.
        func edit(_ place: Location) -> SlotEdit? {
            guard let label = place.label.flatMap({ Int(exactly: $0) }),
                let slot = place.slot.flatMap({ Int(exactly: $0) }),
                let (guid, set) = sets.first(where: { $0.labels.deviceName == place.device })
            else { return nil }
            let good = set.labels.lazy.compactMap { other in
                other.ring.slots.indices.contains(slot)
                    ? other.ring.slots[slot].validUberblock : nil
            }.first
            return SlotEdit(guid, label: label, slot: slot, good)
        }
    }
}
