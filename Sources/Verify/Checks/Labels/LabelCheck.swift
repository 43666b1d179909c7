import Bytes
import Datasets

/// Four labels on every device that say the same, are sound, and are about this device and this pool.
struct LabelCheck: Check {
    static let kinds =
        LabelProblems.kinds + [.labelStale, .labelDuplicate, .labelStray]

    func run(_ context: CheckContext) {
        for device in context.labels.devices {
            for problem in device.problems { context.report(problem) }
        }
        for problem in Self.problems(context.pool.candidate) { context.report(problem) }
    }

    /// What the labels of the devices say together; needs no opened pool.
    static func problems(_ candidate: PoolCandidate) -> [Problem] {
        var problems: [Problem] = []
        for member in candidate.members where member.isStale {
            var evidence = Record()
            evidence.add("found", member.txg.map(Record.Value.txg))
            problems.append(
                Problem(.labelStale, at: Location(device: member.name), evidence: evidence))
        }
        for note in candidate.notes {
            problems.append(
                Problem(
                    note.kind == .duplicate ? .labelDuplicate : .labelStray,
                    at: Location(device: note.device),
                    evidence: Record(["cause": .text(note.text)])))
        }
        return problems
    }
}
