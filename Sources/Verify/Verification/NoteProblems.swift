import Bytes
package import Datasets

/// What readers of the pool noted on their way, as findings: each once, and nothing that a check has found itself.
package struct NoteProblems {
    /// The problems that are left to be told.
    package private(set) var problems: [Problem] = []
    package private(set) var unchecked: [Unchecked] = []
    /// States of the pool that no check names; they are told as they are.
    package private(set) var states: [PoolNote] = []

    /// `found` is what the checks have found.
    package init(_ notes: [PoolNote], found: [Problem]) {
        let known = Set(found.map(\.kind))
        let damage = found.filter(\.kind.severity.isDamage)
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
                guard !Self.isCovered(note.code, known),
                    !damage.contains(where: { Self.tells($0, note) })
                else { continue }
                problems.append(Self.problem(note))
            }
        }
    }

    /// Whether a problem is the damage that a note is about: at the same object of the MOS, or of the same family and at the
    /// place that the note names in words.
    private static func tells(_ problem: Problem, _ note: PoolNote) -> Bool {
        let location = problem.location
        if location.objectSet == 0, let object = note.object, location.object == object {
            return true
        }
        guard note.code.rawValue.hasPrefix("\(problem.kind.family).") else { return false }
        if note.object == nil, problem.kind.code == note.code.rawValue { return true }
        let entry = location.key ?? ""
        let names = [
            location.dataset, location.key, location.dataset.map { "\($0)@\(entry)" },
            location.dataset.map { "\($0)/\(entry)" }, location.vdev.map { "vdev \($0)" },
            location.txg.map { "txg \($0)" }, location.offset.map { "byte \($0)" },
            location.label.flatMap { label in location.device.map { "label \(label) of \($0)" } },
        ]
        return names.contains { name in
            name.map { note.place == $0 || note.place.hasSuffix(" \($0)") } ?? false
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
        var location = Location()
        if let object = note.object { location = Location(objectSet: 0, object: object) }
        return Problem(
            ProblemKind.named(note.code.rawValue) ?? .objectDamaged, at: location,
            evidence: Record([
                "what": .text(note.place), "cause": .text(note.cause),
                "code": .text(note.code.rawValue),
            ]))
    }
}
