import Bytes
import Datasets

/// What readers of the pool noted on their way, as findings: each once, and nothing that a check has found itself.
struct NoteProblems {
    /// The problems that are left to be told.
    private(set) var problems: [Problem] = []
    private(set) var unchecked: [Unchecked] = []
    /// States of the pool that no check names; they are told as they are.
    private(set) var states: [PoolNote] = []

    /// `found` is what the checks have found.
    init(_ notes: [PoolNote], found: [Problem]) {
        let known = Set(found.map(\.kind))
        let families = Set(found.filter { $0.kind.severity.isDamage }.map(\.kind.family))
        for note in notes {
            switch note.kind {
            case .changed:
                unchecked.append(
                    Unchecked(
                        note.place,
                        "changed while reading, since the pool is in use: \(note.cause)"))
            case .state:
                let kind = ProblemKind.named(note.code.rawValue)
                if kind.map({ !known.contains($0) }) ?? !Self.isCovered(note.code, known) {
                    states.append(note)
                }
            case .damage:
                let family = String(note.code.rawValue.prefix { $0 != "." })
                guard !families.contains(family), !Self.isCovered(note.code, known) else {
                    continue
                }
                problems.append(Self.problem(note))
            }
        }
    }

    /// Whether a check tells the same by another name.
    private static func isCovered(_ code: PoolNote.Code, _ known: Set<ProblemKind>) -> Bool {
        let same: [ProblemKind] =
            switch code {
            case .foreignLabel: [.labelInconsistent, .labelOlder]
            case .uberblockUnreadable, .uberblockOlder: [.uberblockGarbage, .uberblockField]
            case .listDamaged: ProblemKind.nvlists
            case .configUnreadable, .configAbsent, .configNoTree:
                [.blockChecksum, .blockUnreadable]
            case .missedTxgs: [.dirtyTimeLog]
            case .objectUnreadable, .structure, .dnodeUnreadable, .zapUnreadable:
                [.blockChecksum, .blockUnreadable]
            default: []
            }
        return !known.isDisjoint(with: same)
    }

    private static func problem(_ note: PoolNote) -> Problem {
        Problem(
            ProblemKind.named(note.code.rawValue) ?? .objectDamaged, at: Location(),
            evidence: Record([
                "what": .text(note.place), "cause": .text(note.cause),
                "code": .text(note.code.rawValue),
            ]))
    }
}
