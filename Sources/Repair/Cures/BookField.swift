import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// One number of a bonus in the MOS that is wrong, with what it must be.
///
/// Sums, counts and links are derived, so that what the block tree or the other side of the link gives simply takes their
/// place.
struct BookField: Sendable {
    let object: UInt64
    let field: Field<UInt64>
    let expected: UInt64
    let found: UInt64

    init(_ field: Field<UInt64>, of object: UInt64, from found: UInt64, to expected: UInt64) {
        self.object = object
        self.field = field
        self.expected = expected
        self.found = found
    }

    /// The number that a problem is about, and what it says that it must be; nil where it names none.
    init?(_ problem: Problem, of pool: Pool) {
        guard problem.location.objectSet == 0, let object = problem.location.object,
            case .text(let name)? = problem.evidence["field"],
            let expected = problem.evidence["expected"]?.unsigned,
            let found = problem.evidence["found"]?.unsigned,
            let stored = try? pool.meta.object(object),
            let fields = object == pool.directory.object(.destroyedTrees)
                ? BlockPointerTree.Layout.fields : Self.tables[stored.dnode.bonusType],
            let field = fields.first(where: { $0.name == name }), field.range.count == 8,
            field.range.upperBound <= stored.bonus.count
        else { return nil }
        self.init(
            Field(field.name, at: field.range.lowerBound), of: object, from: found, to: expected)
    }

    /// The structures that bonuses of the MOS hold.
    private static let tables: [ObjectType: [AnyField]] = [
        .dslDirectory: DSLDirectory.Layout.fields, .dslDataset: DSLDataset.Layout.fields,
        .deadlistHeader: DeadlistHeader.Layout.fields,
        .blockPointerListHeader: BlockPointerListHeader.Layout.fields,
    ]

    /// The step that cures these problems by writing the number.
    func step(_ problems: [Problem], cure: String) -> CureStep {
        let name = problems.first?.location.dataset.map { " of \($0)" } ?? ""
        return CureStep(
            problems, cure: cure,
            "Set \(field.name)\(name) from \(found) to \(expected) (object \(object) of the MOS)",
            apply)
    }

    @Sendable func apply(to transaction: inout Transaction) throws(RepairError) {
        let (field, expected, found, number) = (field, expected, found, object)
        try transaction.meta.edit(number) { object throws(RepairError) in
            let order = object.order
            let bonus = try object.bonus
            let now = try RepairError.format(of: number) { () throws(FormatError) in
                try field.read(bonus.rawBytes, order)
            }
            guard now == found || now == expected else {
                throw .changed("\(field.name) of object \(number) is \(now), not \(found)")
            }
            try object.editBonus { bytes throws(FormatError) in
                try field.write(expected, into: &bytes, order)
            }
        }
    }
}
