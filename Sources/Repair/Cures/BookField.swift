import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// One number of a bonus in the MOS that a check found wrong, with what it must be.
///
/// Sums and counts are derived, so that what the block tree gives simply takes their place.
struct BookField: Sendable {
    let problem: Problem
    private let object: UInt64
    private let field: AnyField
    private let expected: UInt64
    private let found: UInt64

    /// Nil where the problem does not name such a number, or it is not what was found.
    init?(_ problem: Problem, of pool: Pool) {
        guard problem.location.objectSet == 0, let object = problem.location.object,
            case .text(let name)? = problem.evidence["field"],
            let expected = problem.evidence["expected"]?.unsigned,
            let found = problem.evidence["found"]?.unsigned,
            let stored = try? pool.meta.object(object),
            let fields = Self.tables[stored.dnode.bonusType],
            let field = fields.first(where: { $0.name == name }), field.range.count == 8,
            field.range.upperBound <= stored.bonus.count
        else { return nil }
        self.problem = problem
        self.object = object
        self.field = field
        self.expected = expected
        self.found = found
    }

    /// The structures that bonuses of the MOS hold.
    private static let tables: [ObjectType: [AnyField]] = [
        .dslDirectory: DSLDirectory.Layout.fields, .dslDataset: DSLDataset.Layout.fields,
        .deadlistHeader: DeadlistHeader.Layout.fields,
        .blockPointerListHeader: BlockPointerListHeader.Layout.fields,
    ]

    /// Whether the entries of deadlists and other lists are believable, since sums are derived from them.
    static func areListsSound(in findings: VerifyResult) -> Bool {
        !findings.problems.contains { problem in
            lists.contains(problem.kind.family) && !problem.kind.code.hasSuffix(".totals-mismatch")
        }
    }

    private static let lists: Set<String> = ["deadlist", "bpobj", "livelist"]

    func action(_ cure: String) -> RepairAction {
        let name = problem.location.dataset.map { " of \($0)" } ?? ""
        return RepairAction(
            cure: cure, repair: problem.kind.repair,
            what:
                "Set \(field.name)\(name) from \(found) to \(expected) (object \(object) of the MOS)",
            codes: [problem.kind.code])
    }

    func apply(to transaction: inout Transaction) throws(RepairError) {
        let field = Field<UInt64>(field.name, at: field.range.lowerBound)
        let (expected, found, number) = (expected, found, object)
        try transaction.meta.edit(number) { object throws(RepairError) in
            let order = object.order
            let bonus = try object.bonus
            let now = try RepairError.format(of: number) { () throws(FormatError) in
                try field.read(bonus.rawBytes, order)
            }
            guard now == found else {
                throw .changed("\(field.name) of object \(number) is \(now), not \(found)")
            }
            try object.editBonus { bytes throws(FormatError) in
                try field.write(expected, into: &bytes, order)
            }
        }
    }
}
