import Bytes
package import Devices
package import Vdevs

/// A device whose labels tell of a pool, with what of them is needed to put the pool together.
package struct FoundDevice: Sendable {
    /// Its path, or for a partition the disk's with the number of the partition.
    package let name: String
    package let device: any BlockDevice
    /// Its place in the search; names that come earlier are preferred.
    package let order: Int
    /// Whether it is a part of another device, taken out by that one's partition table.
    package let isPartition: Bool
    /// What the best of its labels says.
    package let identity: PoolIdentity
    /// How many of its labels agree with the best one and are undamaged; 4 on a sound device.
    package let soundLabels: Int
    package let newestUberblock: Uberblock?
    /// What is wrong with the device or its labels; each a sentence without its full stop.
    package let notes: [String]
    /// How the device is shorter than its label says it must be; one of `notes`.
    package let shortfall: String?
}

extension FoundDevice {
    /// What came of looking for labels on a device.
    enum Outcome: Sendable {
        /// `config` is the whole configuration in the best label.
        case found(FoundDevice, config: NVList)
        /// One sentence says what is there instead, and if it is a device that was taken out of a pool, what it still tells.
        case rejected(String, DetachedDevice? = nil)
    }

    /// Reads the labels of `device`.
    static func look(_ device: any BlockDevice, order: Int, isPartition: Bool = false) -> Outcome {
        if let glance = LabelGlance(device), glance.newestUberblock != nil {
            let identity = PoolIdentity(glance.config)
            if let refusal = refusal(device, identity) {
                return rejection(device, LabelSet(device), refusal)
            }
            let top = glance.config.list(ConfigKey.vdevTree).map(VdevConfig.init(_:))
            let found = FoundDevice(
                name: device.name, device: device, order: order, isPartition: isPartition,
                identity: identity, soundLabels: LabelPart.labelCount,
                newestUberblock: glance.newestUberblock,
                notes: [shortfall(device, top)].compactMap(\.self),
                shortfall: shortfall(device, top))
            return .found(found, config: glance.config)
        }
        let labels = LabelSet(device)
        guard let config = labels.best?.config.list, let identity = labels.identity,
            identity.guid != nil || bearsTraces(labels)
        else {
            return .rejected(refusal(device, labels))
        }
        if let refusal = refusal(device, identity) { return rejection(device, labels, refusal) }
        let same = labels.labels.filter { $0.config.isSound && isSame($0, identity) }
        let found = FoundDevice(
            name: device.name, device: device, order: order, isPartition: isPartition,
            identity: identity, soundLabels: same.count,
            newestUberblock: labels.bestUberblock(),
            notes: labelNotes(labels, identity)
                + [shortfall(device, labels.vdevTree)].compactMap(\.self),
            shortfall: shortfall(device, labels.vdevTree))
        return .found(found, config: config)
    }

    private static func rejection(
        _ device: any BlockDevice, _ labels: LabelSet, _ refusal: String
    ) -> Outcome {
        let detached = DetachedDevice(device, labels)
        return .rejected(detached?.reason ?? refusal, detached)
    }

    private static func isSame(_ label: Label, _ identity: PoolIdentity) -> Bool {
        label.config.list?.guid(ConfigKey.guid) == identity.guid
            && label.config.list?.guid(ConfigKey.poolGUID) == identity.poolGUID
    }

    /// Labels that cannot be read, are damaged, or belong elsewhere.
    private static func labelNotes(_ labels: LabelSet, _ identity: PoolIdentity) -> [String] {
        var groups: [(what: Complaint, labels: [Int])] = []
        for (index, outcome) in labels.outcomes.enumerated() {
            guard let what = complaint(outcome, identity) else { continue }
            if let group = groups.firstIndex(where: { $0.what == what }) {
                groups[group].labels.append(index)
            } else {
                groups.append((what, [index]))
            }
        }
        return groups.map { what, indices in
            let numbers = indices.map(String.init).joined(separator: ", ")
            return indices.count == 1
                ? "label \(numbers) \(what.one)" : "labels \(numbers) \(what.many)"
        }
    }

    /// What is wrong with a label, to follow "label 2" and "labels 2, 3".
    private struct Complaint: Equatable {
        let one: String
        let many: String

        init(_ one: String, _ many: String, _ rest: String) {
            self.one = "\(one) \(rest)"
            self.many = "\(many) \(rest)"
        }
    }

    /// What is wrong with one label; nil for a sound one.
    private static func complaint(
        _ outcome: LabelOutcome, _ identity: PoolIdentity
    ) -> Complaint? {
        switch outcome {
        case .unreadable: return Complaint("cannot", "cannot", "be read")
        case .noRoom: return Complaint("has", "have", "no room on the device")
        case .read(let label) where label.config.contents == .empty:
            return Complaint("is", "are", "empty")
        case .read(let label) where !label.config.isSound:
            return Complaint("is", "are", "damaged")
        case .read(let label) where !isSame(label, identity):
            let other = label.config.list.map(PoolIdentity.init(_:))
            return Complaint(
                "belongs", "belong",
                "to another pool, \(other?.name ?? "without a name") (GUID "
                    + "\(other?.poolGUID?.description ?? "unknown"))")
        case .read: return nil
        }
    }

    /// How the device is shorter than its own label says it must be; nil where it is not.
    ///
    /// `asize` is what can be allocated on all devices of the top-level vdev together, in whole metaslabs, so each
    /// holds at least its share of them, the labels and the boot area in front of it (4 MiB), and the labels behind
    /// (512 KiB). Mirrors `vdev_get_min_asize` (`module/zfs/vdev.c`).
    private static func shortfall(_ device: any BlockDevice, _ top: VdevConfig?) -> String? {
        guard let top, let total = top.asize else { return nil }
        let shift = top.metaslabShift.flatMap { $0 < 64 ? $0 : nil } ?? 0
        let asize = (total >> shift) << shift
        let striped = top.all.filter { $0.kind == .raidz || $0.kind == .draid }
        let width = UInt64(striped.map(\.children.count).max() ?? 1)
        let labels = UInt64(4 << 20) + 2 * UInt64(LabelPart.labelSize)
        guard let needed = try? (asize / max(1, width)).adding(labels), device.byteCount < needed
        else {
            return nil
        }
        return
            "the device is truncated: it has \(device.byteCount) bytes, and its label tells of at "
            + "least \(needed)"
    }
}
