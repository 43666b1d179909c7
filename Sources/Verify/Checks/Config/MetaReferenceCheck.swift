import Bytes
import Datasets
import Objects

/// Every object of the MOS referred to exactly once, and nothing referred to that is not there.
struct MetaReferenceCheck: Check {
    static let kinds: [ProblemKind] = [.objectLeaked, .objectMissing, .objectTwice]

    func run(_ context: CheckContext) {
        let survey = context.meta.survey(context)
        let references = MetaReferences(context, survey)
        guard !context.isCancelled else { return }
        for (object, owners) in references.owners.sorted(by: { $0.key < $1.key }) {
            let evidence = Record(["owners": .list(owners.prefix(8).map(Record.Value.text))])
            if survey.objects[object] == nil {
                guard !survey.lost.contains(where: { $0.contains(object) }) else { continue }
                context.report(Problem(.objectMissing, at: Self.place(object), evidence: evidence))
            } else if owners.count > 1 {
                context.report(Problem(.objectTwice, at: Self.place(object), evidence: evidence))
            }
        }
        guard !references.isIncomplete else {
            return context.leaveUnchecked(
                "objects of the MOS that nothing leads to",
                "something that leads to further objects can't be read")
        }
        for (index, object) in survey.objects.numbers.enumerated()
        where references.owners[object] == nil && !references.isKnown[index] {
            context.report(
                Problem(
                    .objectLeaked, at: Self.place(object),
                    evidence: Record(["type": .text("\(survey.objects.objects[index].type)")])))
        }
    }

    private static func place(_ object: UInt64) -> Location {
        var place = Location()
        place.objectSet = 0
        place.object = object
        return place
    }
}
