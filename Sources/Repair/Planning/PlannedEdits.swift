import Verify

/// What a plan does of what cures ask for.
///
/// An edit that can't be made is left out, with the reason, so that damage beside it does not keep all the rest from being
/// cured.
struct PlannedEdits {
    private(set) var actions: [RepairAction] = []
    private(set) var cured: [Problem] = []
    private(set) var leftOut: [String] = []
    /// Problems that edits were shown not to cure.
    private let refuted: Set<Problem>
    /// Whether devices are away that could bring back what can't be read, so that nothing is given up for it.
    private let keepsAll: Bool
    private var keptCount = 0
    /// What these give up is no contents of the pool.
    private static let outer = [LabelCure.name, UberblockCure.name, RewindCure.name]

    init(_ findings: VerifyResult, refuted: Set<Problem>) {
        self.refuted = refuted
        keepsAll = findings.problems.contains { $0.kind == .devicesInsufficient }
    }

    private func mustKeep(_ action: RepairAction) -> Bool {
        keepsAll && action.repair == .discard && !Self.outer.contains(action.cure)
    }

    /// Throws where a cure can't be applied that is no list of edits.
    mutating func apply(_ cure: any Cure, to transaction: inout Transaction) throws(RepairError) {
        guard let stepped = cure as? any SteppedCure else {
            guard !cure.actions.contains(where: mustKeep) else {
                keptCount += 1
                return
            }
            try cure.apply(to: &transaction)
            actions += cure.actions
            cured += cure.cured
            return
        }
        for step in stepped.steps {
            guard !mustKeep(step.action) else {
                keptCount += 1
                continue
            }
            guard refuted.isDisjoint(with: step.problems) else {
                leave(step, "the preview shows that this does not cure it")
                continue
            }
            var trial = transaction
            do {
                try step.apply(&trial)
                transaction = trial
                actions.append(step.action)
                cured += step.problems
            } catch {
                leave(step, "\(error)")
            }
        }
    }

    /// Says what can't be cured for want of a key, or is left until devices are back.
    mutating func leave(_ locked: LockedDatasets) {
        leftOut += locked.sentences
        guard keptCount > 0 else { return }
        leftOut.append(
            "devices are missing, and nothing is given up that they may bring back: find them, or copy out with `zinspect extract` what can be read"
        )
    }

    private mutating func leave(_ step: CureStep, _ why: String) {
        leftOut.append("\(step.action.what): \(why)")
    }
}
