import Bytes
import Repair
import Verify

/// The damage that a plan leaves as it is, by kind: how often it was found, and what somebody can do about it.
struct LeftFindings {
    private let counts: [ProblemKind: Int]
    /// The names of the cures that were asked for.
    private let cures: Set<String>

    init(_ problems: [Problem], cures: [String]) {
        counts = Dictionary(grouping: problems) { $0.kind }.mapValues(\.count)
        self.cures = Set(cures)
    }

    var isEmpty: Bool { counts.isEmpty }

    var section: Section {
        Section(
            type: "left", title: "Left as it is",
            .table(
                counts.sorted { $0.key.code < $1.key.code }.map { kind, count in
                    Record([
                        "code": .text(kind.code), "count": .number(UInt64(count)),
                        "next": .text(next(kind)),
                    ])
                },
                columns: [Column("code"), Column("count"), Column("next", "WHAT TO DO")]))
    }

    private func next(_ kind: ProblemKind) -> String {
        if counts[.devicesInsufficient] != nil,
            [.blockUnreadable, .devicesInsufficient].contains(kind)
        {
            return "bring the missing devices back; what they hold is not given up"
        }
        let more = "`zinspect explain \(kind.code)`"
        guard let cure = kind.cure, CureCatalogue.names.contains(cure) else {
            return "no cure is known; \(more) tells what else helps"
        }
        if cures.contains(cure) {
            return "the cure \(cure) does not reach this case; \(more) tells what else helps"
        }
        return cure == CacheFileRepair.name
            ? "name the file with --cachefile" : "the cure \(cure) was not asked for"
    }
}
