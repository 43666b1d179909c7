import Bytes
import Codecs
import Datasets
import Vdevs

/// What is wrong with the uberblocks of a pool, by what the rings of its devices say; needs no opened pool.
struct UberblockProblems {
    private let survey: LabelSurvey
    private let rings: RingSurvey

    init(_ survey: LabelSurvey, pool guid: GUID) {
        self.survey = survey
        rings = RingSurvey(survey, pool: guid)
    }

    static let kinds: [ProblemKind] = [
        .uberblockImplausible, .uberblockChecksum, .uberblockOldChecksum, .uberblockField,
        .uberblockRoot, .uberblockMultihost, .uberblockCopies, .uberblockSlots,
        .uberblockMisplaced,
    ]

    var all: [Problem] {
        slotProblems + differingSlots + rings.uberblocks.flatMap(Self.fieldProblems)
            + implausible + differingCopies
    }

    /// Checksums, and whether each is in a place of its own.
    private var slotProblems: [Problem] {
        let newest = rings.uberblocks.first?.txg ?? TransactionGroup(0)
        var problems: [Problem] = []
        for entry in rings.entries {
            let slot = entry.slot
            guard entry.role != .initial, slot.contents != .initial, !slot.isEmpty else {
                continue
            }
            var place = Location(device: entry.device, label: entry.label, slot: slot.index)
            place.txg = slot.uberblock?.txg
            if !slot.checksum.isValid {
                let isNewest = slot.uberblock.map { $0.txg >= newest } ?? false
                let what =
                    slot.uberblock == nil
                    ? "it holds no uberblock" : "its checksum is \(slot.checksum)"
                problems.append(
                    Problem(
                        isNewest ? .uberblockChecksum : .uberblockOldChecksum, at: place,
                        evidence: Record(["cause": .text(what)])))
            } else if slot.contents == .unknown {
                problems.append(
                    Problem(
                        .uberblockField, at: place,
                        evidence: Record([
                            "field": .text(Uberblock.Layout.magic.name),
                            "cause": "the checksum is right, but it is no uberblock's number",
                        ])))
            } else if entry.role == .misplaced {
                problems.append(Problem(.uberblockMisplaced, at: place))
            }
        }
        return problems
    }

    /// Slots that are not the same in all labels of a device, where no label is damaged, which explains it.
    private var differingSlots: [Problem] {
        var problems: [Problem] = []
        for device in survey.devices where device.isLeaf {
            let labels = device.labels.labels
            guard
                labels.allSatisfy({ $0.config.isSound }),
                Set(labels.map { $0.config.list?.guid(ConfigKey.poolGUID) }).count == 1
            else { continue }
            for difference in device.labels.slotDifferences {
                let isDamaged = labels.contains { label in
                    label.ring.slots.indices.contains(difference.slot)
                        && !label.ring.slots[difference.slot].checksum.isValid
                        && !label.ring.slots[difference.slot].isEmpty
                }
                guard !isDamaged else { continue }
                problems.append(
                    Problem(
                        .uberblockSlots,
                        at: Location(device: device.labels.deviceName, slot: difference.slot),
                        evidence: Record(["txgs": difference.record["txgs"] ?? .none])))
            }
        }
        return problems
    }

    static func fieldProblems(_ uberblock: Uberblock) -> [Problem] {
        var problems: [Problem] = []
        func note(_ kind: ProblemKind, _ field: String, _ found: UInt64, _ cause: String) {
            problems.append(
                Problem(
                    kind, at: Location(txg: uberblock.txg),
                    evidence: Record([
                        "field": .text(field), "found": .word(found), "cause": .text(cause),
                    ])))
        }
        let (version, software) = (uberblock.version, uberblock.softwareVersion)
        if !(1...28).contains(version) && version != 5000 {
            note(.uberblockField, "ub_version", version, "versions 1 to 28 and 5000 exist")
        } else if software != 0 && software < version {
            note(
                .uberblockField, "ub_software_version", software,
                "the software that wrote it knows no pool of version \(version)")
        }
        if uberblock.checkpointTxg > uberblock.txg {
            note(
                .uberblockField, "ub_checkpoint_txg", uberblock.checkpointTxg.rawValue,
                "the checkpoint would be of the future")
        } else if uberblock.checkpointTxg.rawValue != 0,
            uberblock.rootPointer.birth > uberblock.checkpointTxg
        {
            // `spa_ld_checkpoint_rewind`: who goes back to a checkpoint takes its root as well.
            note(
                .uberblockField, "ub_checkpoint_txg", uberblock.checkpointTxg.rawValue,
                "the pool is newer than the checkpoint it would have gone back to")
        }
        if !uberblock.reflow.state.isKnown {
            note(
                .uberblockField, "ub_raidz_reflow_info", uberblock.reflow.word,
                "the scratch area has a state that does not exist")
        }
        if let cause = complaint(uberblock.multihost) {
            note(.uberblockMultihost, "ub_mmp_config", uberblock.multihost.config, cause)
        }
        if let cause = complaint(uberblock.rootPointer, of: uberblock) {
            problems.append(
                Problem(
                    .uberblockRoot, at: Location(txg: uberblock.txg),
                    evidence: Record(["cause": .text(cause)])))
        }
        return problems
    }

    private static func complaint(_ state: MMPState) -> String? {
        if state.magic != 0 && !state.isKnown {
            return "ub_mmp_magic is \(String(state.magic, radix: 16))"
        }
        guard state.isKnown else { return nil }
        if state.validBits > 7 { return "bits that mean nothing are set" }
        if !state.isOn && state.config != 0 { return "there are numbers although it is off" }
        return nil
    }

    private static func complaint(_ pointer: BlockPointer, of uberblock: Uberblock) -> String? {
        if pointer.isHole { return "it is a hole" }
        if pointer.isEmbedded { return "it has its block embedded" }
        if pointer.words[7] != 0 || pointer.words[8] != 0 {
            return "a word of it that is always zero is not"
        }
        if let flaw = pointer.addressFlaw {
            return "the \(flaw.field) is 0x\(String(flaw.value, radix: 16))"
        }
        if pointer.level != 0 { return "it is of level \(pointer.level)" }
        if pointer.type != .objectSet { return "it is of type \(pointer.type)" }
        if pointer.birth > uberblock.txg { return "it was born in txg \(pointer.birth)" }
        return nil
    }

    /// How many groups a pool can write in a second, at the very most.
    private static let groupsPerSecond: UInt64 = 10_000

    /// Uberblocks too far ahead of what was before them, in the time between.
    ///
    /// A group that changed nothing writes no uberblock, so gaps are common; none takes less than a tenth of a
    /// millisecond. Clocks are wrong at times, so each gap may be as if it took an hour.
    private var implausible: [Problem] {
        let sorted = rings.uberblocks
        for (index, uberblock) in sorted.enumerated().reversed() {
            let older = sorted.dropFirst(index + 1).first { $0.txg < uberblock.txg }
            let base = max(older?.txg ?? TransactionGroup(0), uberblock.rootPointer.birth)
            guard uberblock.txg > base else { continue }
            let time = older?.timestamp ?? uberblock.timestamp
            let seconds = max(
                3600, uberblock.timestamp > time ? uberblock.timestamp - time : 0)
            let gap = uberblock.txg.rawValue - base.rawValue
            guard gap / seconds > Self.groupsPerSecond else { continue }
            return [
                Problem(
                    .uberblockImplausible, at: Location(txg: uberblock.txg),
                    evidence: Record([
                        "before": .txg(base), "written": .time(uberblock.timestamp),
                    ]))
            ]
        }
        return []
    }

    /// Uberblocks of one txg that lead to different places: of one moment, or of the newest txg.
    private var differingCopies: [Problem] {
        var problems: [Problem] = []
        let newest = rings.uberblocks.first?.txg
        let byTxg = Dictionary(grouping: rings.uberblocks, by: \.txg)
        for (txg, uberblocks) in byTxg.sorted(by: { $0.key < $1.key }) where uberblocks.count > 1 {
            let groups =
                txg == newest
                ? [uberblocks]
                : Array(Dictionary(grouping: uberblocks, by: \.timestamp).values)
            guard let group = groups.first(where: { Set($0.map(Meaning.init)).count > 1 }) else {
                continue
            }
            let meanings = Set(group.map(Meaning.init))
            let devices = meanings.map { meaning in
                let names = rings.entries.filter {
                    $0.slot.validUberblock.map { $0.txg == txg && Meaning($0) == meaning } ?? false
                }
                return Set(names.map(\.device)).sorted().joined(separator: ", ")
            }
            problems.append(
                Problem(
                    .uberblockCopies, at: Location(txg: txg),
                    evidence: Record([
                        "sides": .list(devices.sorted().map(Record.Value.text))
                    ])))
        }
        return problems
    }

    /// What of an uberblock must be the same in all copies; times and signs of life may differ.
    private struct Meaning: Hashable {
        let version: UInt64
        let guidSum: UInt64
        let rootPointer: BlockPointer

        init(_ uberblock: Uberblock) {
            version = uberblock.version
            guidSum = uberblock.guidSum
            rootPointer = uberblock.rootPointer
        }
    }
}
