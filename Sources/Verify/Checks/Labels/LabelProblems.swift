import Bytes
import Devices
package import Vdevs

/// What is wrong with the four labels of one device, by what they say themselves.
///
/// Needs no pool, so that `labels` and a pool that can't be opened are judged by it as well. A label that was never written
/// counts only where another one was.
package struct LabelProblems: Sendable {
    private let labels: LabelSet

    package init(_ labels: LabelSet) { self.labels = labels }

    /// The kinds that it tells.
    package static let kinds: [ProblemKind] =
        [
            .labelMissing, .labelUnreadable, .labelChecksum, .labelNVList, .labelInconsistent,
            .labelOlder, .labelIncomplete, .labelGUID, .labelBootEnvironment, .labelPad,
            .labelFormer,
        ] + ProblemKind.nvlists

    package var all: [Problem] {
        guard !labels.isBlank else { return [] }
        var problems: [Problem] = []
        for (index, outcome) in labels.outcomes.enumerated() {
            switch outcome {
            case .noRoom:
                problems.append(
                    problem(
                        .labelMissing, index,
                        "the device has only \(labels.deviceSize) bytes, too few for label \(index)"
                    ))
            case .unreadable(let error):
                problems.append(problem(.labelUnreadable, index, "\(error)"))
            case .read(let label): problems += self.problems(label)
            }
        }
        for former in labels.former {
            problems.append(
                problem(
                    .labelFormer, former.index,
                    "it begins at byte \(former.offset) of \(labels.deviceSize)"))
        }
        return problems + identityProblems
    }

    private func problems(_ label: Label) -> [Problem] {
        var problems = configProblems(label)
        if let cause = Self.complaint(label.bootEnvironment) {
            problems.append(problem(.labelBootEnvironment, label.index, cause))
        }
        if !label.isPadEmpty {
            problems.append(Problem(.labelPad, at: place(label.index)))
        }
        return problems
    }

    private func configProblems(_ label: Label) -> [Problem] {
        let index = label.index
        switch label.config.contents {
        case .empty:
            guard labels.best != nil else { return [] }
            return [
                problem(
                    .labelMissing, index,
                    "label \(index) is empty, although others of the device are not")
            ]
        case .unreadable(let error):
            return [problem(.labelNVList, index, "\(error)")]
        case .list(let decoding):
            var problems: [Problem] = []
            if !label.config.checksum.isValid {
                problems.append(
                    problem(
                        .labelChecksum, index,
                        "the checksum of the configuration in label \(index) is "
                            + "\(label.config.checksum)"))
            }
            for finding in decoding.findings {
                problems.append(
                    Problem(
                        finding,
                        at: Location(
                            device: labels.deviceName, label: index, key: finding.path)))
            }
            return problems.isEmpty ? comparison(label) : problems
        }
    }

    /// How a sound label differs from the one to believe.
    private func comparison(_ label: Label) -> [Problem] {
        guard let best = labels.best, best.index != label.index, best.config.isSound,
            let own = label.config.list, let expected = best.config.list
        else { return [] }
        let differences = labels.differences.filter { $0.label == label.index }
        let txgs = [own, expected].map { $0.txg(ConfigKey.poolTxg) }
        let isSameDevice = [ConfigKey.poolGUID, ConfigKey.guid].allSatisfy {
            own.guid($0) == expected.guid($0)
        }
        let isOlder = isSameDevice && txgs[0] != txgs[1]
        guard isOlder || !differences.isEmpty else { return [] }
        var evidence = Record(["believed_label": .number(UInt64(best.index))])
        if isOlder {
            evidence.add("expected", txgs[1].map(Record.Value.txg))
            evidence.add("found", txgs[0].map(Record.Value.txg))
        }
        if !differences.isEmpty {
            evidence.add(
                "differences",
                .list(
                    differences.prefix(Self.mostDifferences).map { difference in
                        .record(
                            Record([
                                "key": .text(difference.path),
                                "expected": difference.record["expected"] ?? .none,
                                "found": difference.record["found"] ?? .none,
                            ]))
                    }))
        }
        let kind: ProblemKind = isOlder ? .labelOlder : .labelInconsistent
        return [Problem(kind, at: place(label.index), evidence: evidence)]
    }

    /// More than anybody reads of one label.
    private static let mostDifferences = 16

    /// What the label to believe lacks, and whether it is about this device.
    private var identityProblems: [Problem] {
        guard let best = labels.best, best.config.isSound, let list = best.config.list,
            let identity = labels.identity
        else { return [] }
        let isAside = identity.state == .spare || identity.state == .l2cache
        let needed =
            [ConfigKey.version, ConfigKey.poolState, ConfigKey.guid]
            + (isAside
                ? []
                : [
                    ConfigKey.poolName, ConfigKey.poolTxg, ConfigKey.poolGUID, ConfigKey.topGUID,
                    ConfigKey.vdevTree,
                ])
        let missing = needed.filter { list[$0] == nil }
        guard missing.isEmpty else {
            return [
                problem(
                    .labelIncomplete, best.index, "it lacks \(missing.joined(separator: ", "))")
            ]
        }
        guard !isAside, let tree = labels.vdevTree, let own = identity.guid else { return [] }
        if identity.topGUID != tree.guid || tree.node(own) == nil {
            return [
                Problem(
                    .labelGUID, at: place(best.index),
                    evidence: Record([
                        "guid": .guid(own),
                        "top_guid": identity.topGUID.map(Record.Value.guid) ?? .none,
                        "vdev_tree_guid": tree.guid.map(Record.Value.guid) ?? .none,
                    ]))
            ]
        }
        return []
    }

    /// What is wrong with a boot environment; nil for a sound one. Some loaders write theirs without a checksum.
    private static func complaint(_ environment: BootEnvironment) -> String? {
        switch environment.contents {
        case .empty where environment.checksum == .empty: return nil
        case .bootOnce, .bootHeader: return nil
        case .unknown(let version): return "its version is \(version)"
        case .unreadable(let error): return "\(error)"
        case .list(let decoding):
            if let finding = decoding.findings.first { return "\(finding)" }
        case .empty, .text: break
        }
        return environment.checksum.isValid ? nil : "its checksum is \(environment.checksum)"
    }

    private func place(_ index: Int) -> Location {
        Location(device: labels.deviceName, label: index)
    }

    private func problem(_ kind: ProblemKind, _ index: Int, _ cause: String) -> Problem {
        Problem(kind, at: place(index), evidence: Record(["cause": .text(cause)]))
    }
}
