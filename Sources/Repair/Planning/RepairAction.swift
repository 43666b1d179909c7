package import Bytes
package import Verify

/// One thing that a repair is going to do, as a person reads it before agreeing.
package struct RepairAction: Sendable, Hashable {
    /// The cure that asks for it.
    package let cure: String
    /// What it costs.
    package let repair: RepairClass
    /// What is done, as a sentence without a full stop.
    package let what: String
    /// The codes of the problems that it cures.
    package let codes: [String]
    /// What is given up; empty for everything that costs nothing.
    package let losses: [RepairLoss]

    package init(
        cure: String, repair: RepairClass, what: String, codes: [String],
        losses: [RepairLoss] = []
    ) {
        self.cure = cure
        self.repair = repair
        self.what = what
        self.codes = codes
        self.losses = losses
    }

    package var record: Record {
        var record = Record([
            "cure": .text(cure), "class": .text(repair.rawValue), "what": .text(what),
            "cures": .list(codes.map { .text($0) }),
        ])
        if !losses.isEmpty { record.add("gives_up", .list(losses.map { .record($0.record) })) }
        return record
    }
}
