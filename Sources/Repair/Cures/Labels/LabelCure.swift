import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// Writes labels of devices anew: copies from a good one of the same device, and where there is none, or what it says is
/// not true, from the pool's own configuration.
///
/// A commit writes all sound labels anyway; this adds the others. What only labels hold (the boot environment) is copied
/// between them.
package struct LabelCure: Cure {
    package static let name = "labels"
    package static let summary =
        "writes damaged, wiped and foreign labels anew, from a good one of the device or the pool's configuration"

    package private(set) var cured: [Problem] = []
    package private(set) var actions: [RepairAction] = []
    private var labels: [GUID: Set<Int>] = [:]
    private var remade: Set<GUID> = []
    private var singleDisk: SingleDisk?
    private var bootEnvironments: [GUID: [Int: BootEnvironment.Part]] = [:]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let guids = Dictionary(
            pool.candidate.devices.filter { pool.rootConfig.node($0.key) != nil }
                .map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let own = findings.problems.filter { Self.kinds.contains($0.kind) }
        remakeAll(own.filter { $0.kind == .featureLabel }, pool)
        for (name, problems) in Dictionary(grouping: own, by: { $0.location.device ?? "" })
            .sorted(by: { $0.key < $1.key })
        {
            guard let guid = guids[name], let device = pool.candidate.devices[guid] else {
                continue
            }
            add(problems, guid, device, pool)
        }
        guard !cured.isEmpty else { return nil }
    }

    /// What a good copy of the configuration cures.
    private static let copied: Set<ProblemKind> = Set(
        [.labelMissing, .labelChecksum, .labelNVList, .labelInconsistent, .labelOlder]
            + ProblemKind.nvlists)
    /// What the configuration in the MOS cures.
    private static let made: Set<ProblemKind> = [
        .labelLost, .labelOtherPool, .labelDetached, .labelIncomplete, .labelGUID, .configLabel,
    ]
    private static let kinds = copied.union(made).union([.labelBootEnvironment, .featureLabel])

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        transaction.restoredLabels.merge(labels) { $0.union($1) }
        transaction.remadeLabels.formUnion(remade)
        if let singleDisk {
            try singleDisk.apply(to: &transaction.meta)
            transaction.singleDisk = singleDisk
            transaction.guidSum = singleDisk.guidSum
        }
        transaction.bootEnvironments.merge(bootEnvironments) { $0.merging($1) { _, new in new } }
    }
}

extension LabelCure {
    /// The problems of one device.
    private mutating func add(
        _ problems: [Problem], _ guid: GUID, _ device: any BlockDevice, _ pool: Pool
    ) {
        let set = LabelSet(device)
        let untrue = problems.filter { Self.made.contains($0.kind) }
        let copies = problems.filter {
            Self.copied.contains($0.kind) && $0.location.label != nil
        }
        // A device that was away keeps its old labels, so that nobody takes it for current.
        let isWritable = WritableLeaves(pool, labelling: pool.candidate.recognised).leaves
            .contains { $0.guid == guid }
        guard isWritable else { return }
        if !untrue.isEmpty || !copies.isEmpty && !Self.isGood(set, guid, pool) {
            remake(untrue + copies, guid, device.name, set, pool)
        } else {
            restore(copies, guid, device.name)
        }
        for problem in problems where problem.kind == .labelBootEnvironment {
            restoreBootEnvironment(problem, guid, set)
        }
    }

    /// Whether one label of the device can be copied to the others.
    private static func isGood(_ set: LabelSet, _ guid: GUID, _ pool: Pool) -> Bool {
        guard let best = set.best, best.config.isSound, let list = best.config.list else {
            return false
        }
        return list.guid(ConfigKey.poolGUID) == pool.candidate.guid
            && list.guid(ConfigKey.guid) == guid
    }

    private mutating func restore(_ problems: [Problem], _ guid: GUID, _ device: String) {
        for problem in problems {
            guard let label = problem.location.label.flatMap({ Int(exactly: $0) }) else { continue }
            cured.append(problem)
            guard labels[guid, default: []].insert(label).inserted else { continue }
            actions.append(
                RepairAction(
                    cure: Self.name, repair: .restore,
                    what: "Write the configuration of label \(label) of \(device) anew",
                    codes: [problem.kind.code]))
        }
    }

    private mutating func remake(
        _ problems: [Problem], _ guid: GUID, _ device: String, _ set: LabelSet, _ pool: Pool
    ) {
        guard pool.labelConfig(of: guid, txg: pool.txg) != nil else { return }
        if pool.candidate.detached != nil {
            guard Self.isAlone(guid, pool) else { return }
            // A repair that was broken off before the labels has made it the only one.
            if !pool.rootConfig.children.contains(where: { $0.guid == guid }) {
                guard let disk = SingleDisk(guid, of: pool) else { return }
                singleDisk = disk
            }
        }
        remade.insert(guid)
        cured += problems
        let codes = Set(problems.map(\.kind.code)).sorted()
        var losses: [RepairLoss] = []
        if problems.contains(where: { $0.kind == .labelOtherPool }) {
            let other = set.identity?.name.map { "the pool \($0)" } ?? "another pool"
            losses.append(RepairLoss("the labels and uberblocks of \(other) on \(device)"))
        }
        if problems.contains(where: { $0.kind == .labelDetached }) {
            losses += [
                RepairLoss("that \(device) was detached, which its labels say"),
                RepairLoss("what was written to \(pool.name) after txg \(pool.txg)"),
            ]
        }
        actions.append(
            RepairAction(
                cure: Self.name, repair: losses.isEmpty ? .rebuild : .discard,
                what: singleDisk == nil
                    ? "Write all labels of \(device) anew from the pool's configuration"
                    : "Make \(device) the only device of the pool, and write its labels anew",
                codes: codes, losses: losses))
    }

    /// Whether no other top-level vdev has anything of the pool.
    private static func isAlone(_ guid: GUID, _ pool: Pool) -> Bool {
        pool.rootConfig.children.allSatisfy { top in
            top.kind == .hole || top.kind == .indirect || top.node(guid) != nil
        }
    }

    /// Features stand in the labels of all devices.
    private mutating func remakeAll(_ problems: [Problem], _ pool: Pool) {
        guard !problems.isEmpty else { return }
        let guids = WritableLeaves(pool).leaves.map(\.guid)
        guard guids.allSatisfy({ pool.labelConfig(of: $0, txg: pool.txg) != nil }) else { return }
        remade.formUnion(guids)
        cured += problems
        actions.append(
            RepairAction(
                cure: Self.name, repair: .rebuild,
                what: "Write the labels of all devices anew from the pool's configuration",
                codes: [ProblemKind.featureLabel.code]))
    }

    /// Copies a sound boot environment of the device, or clears the one that can't be used.
    private mutating func restoreBootEnvironment(
        _ problem: Problem, _ guid: GUID, _ set: LabelSet
    ) {
        guard let index = problem.location.label.flatMap({ Int(exactly: $0) }) else { return }
        let good = set.labels.first { $0.bootEnvironment.isSound && $0.index != index }
        let place = "label \(index) of \(set.deviceName)"
        cured.append(problem)
        bootEnvironments[guid, default: [:]][index] = good?.bootEnvironment.part ?? .cleared
        actions.append(
            RepairAction(
                cure: Self.name, repair: good == nil ? .discard : .restore,
                what: good == nil
                    ? "Clear the boot environment of \(place)"
                    : "Write the boot environment of \(place) anew from another label",
                codes: [problem.kind.code],
                losses: good == nil
                    ? [RepairLoss("the boot environment in \(place), which no boot loader can use")]
                    : []))
    }
}
