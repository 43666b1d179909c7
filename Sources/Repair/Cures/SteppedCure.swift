import Verify

/// A cure that is a list of edits of the MOS or of datasets, each of which cures something by itself.
///
/// So an edit that can't be made, or that a preview shows to cure nothing, is left out without the others; and where a preview
/// finds books that follow from what the plan sets right, the cure is asked again, and its edits go into the same group.
/// What other cures see to (`Cure.uncovers`) takes a group of its own, since they read the pool as the first one leaves it.
protocol SteppedCure: Cure {
    var steps: [CureStep] { get }
}

extension SteppedCure {
    package var cured: [Problem] { steps.flatMap(\.problems) }
    package var actions: [RepairAction] { steps.map(\.action) }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for step in steps { try step.apply(&transaction) }
    }
}
