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

    init(refuted: Set<Problem>) { self.refuted = refuted }

    /// Throws where a cure can't be applied that is no list of edits.
    mutating func apply(_ cure: any Cure, to transaction: inout Transaction) throws(RepairError) {
        guard let stepped = cure as? any SteppedCure else {
            try cure.apply(to: &transaction)
            actions += cure.actions
            cured += cure.cured
            return
        }
        for step in stepped.steps {
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

    /// Says what can't be cured for want of a key.
    mutating func leave(_ locked: LockedDatasets) { leftOut += locked.sentences }

    private mutating func leave(_ step: CureStep, _ why: String) {
        leftOut.append("\(step.action.what): \(why)")
    }
}
