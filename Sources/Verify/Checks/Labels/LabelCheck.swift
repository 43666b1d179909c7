import Bytes
import Datasets
import Devices
import Vdevs

/// Four labels on every device that say the same, are sound, and are about this device and this pool.
struct LabelCheck: Check {
    static let kinds =
        LabelProblems.kinds + [
            .labelStale, .labelDuplicate, .labelStray, .labelLost, .labelOtherPool,
            .labelDetached,
        ]

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
        for guid in candidate.recognised.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let device = candidate.devices[guid] else { continue }
            if let uberblock = candidate.detached {
                problems.append(
                    Problem(
                        .labelDetached, at: Location(device: device.name),
                        evidence: Record([
                            "newest": .txg(uberblock.txg), "time": .time(uberblock.timestamp),
                        ])))
            } else {
                problems.append(lost(guid, LabelSet(device), candidate))
            }
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

    /// A device that was told by its contents, since its labels are gone or name another pool.
    private static func lost(
        _ guid: GUID, _ labels: LabelSet, _ candidate: PoolCandidate
    ) -> Problem {
        var evidence = Record(["guid": .guid(guid)])
        let identity = labels.best.flatMap { $0.config.isSound ? labels.identity : nil }
        let other = identity?.poolGUID == candidate.guid ? nil : identity
        if let other {
            evidence.add("found_pool", other.name.map(Record.Value.text))
            evidence.add("found_pool_guid", other.poolGUID.map(Record.Value.guid))
            evidence.add("found_state", other.state.map { .text("\($0)") })
        } else {
            evidence.add(
                "found", .text(labels.isBlank ? "no label" : "labels that name no device of a pool")
            )
        }
        return Problem(
            other == nil ? .labelLost : .labelOtherPool, at: Location(device: labels.deviceName),
            evidence: evidence)
    }
}
