import Verify

/// A cure that is a list of edits, each of which cures something by itself.
protocol SteppedCure: Cure {
    var steps: [CureStep] { get }
}

extension SteppedCure {
    package static var followsOthers: Bool { true }
    package var cured: [Problem] { steps.flatMap(\.problems) }
    package var actions: [RepairAction] { steps.map(\.action) }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for step in steps { try step.apply(&transaction) }
    }
}
