import Bytes
import Devices

/// Which label to believe, and labels in former places.
extension LabelSet {
    /// The label whose configuration is most likely the device's own.
    ///
    /// ZFS takes the highest txg. Here a sound one comes first; then one whose GUIDs add up to the sum in
    /// the newest uberblock; then the identity that most labels share, since two labels of another pool
    /// can have been copied over; then the txg.
    static func best(of labels: [Label]) -> Label? {
        var identities: [[GUID?]: Int] = [:]
        for label in labels { identities[identity(label), default: 0] += 1 }
        var newest: Uberblock?
        for label in labels {
            if let candidate = label.ring.best(), newest?.precedes(candidate) ?? true {
                newest = candidate
            }
        }
        typealias Rank = (sound: Int, fitting: Int, shared: Int, txg: UInt64)
        var best: (label: Label, rank: Rank)?
        for label in labels {
            // Bytes of another file system can pass for an empty list.
            guard let list = label.config.list,
                !list.pairs.isEmpty || label.config.checksum.isValid
            else { continue }
            let rank: Rank = (
                soundness(label), guidSum(list) == newest?.guidSum ? 1 : 0,
                identities[identity(label)] ?? 0, list.uint64(ConfigKey.poolTxg) ?? 0
            )
            if let held = best, held.rank >= rank { continue }
            best = (label, rank)
        }
        return best?.label
    }

    private static func soundness(_ label: Label) -> Int {
        if label.config.isSound { return 3 }
        if label.config.checksum.isValid { return 2 }
        return label.config.findings.isEmpty ? 1 : 0
    }

    private static func identity(_ label: Label) -> [GUID?] {
        [label.config.list?.guid(ConfigKey.poolGUID), label.config.list?.guid(ConfigKey.guid)]
    }

    /// What `ub_guid_sum` is in a pool with one top-level vdev; nil for another pool, of which a label
    /// tells only a part. The sum wraps around, as in ZFS.
    private static func guidSum(_ list: NVList) -> UInt64? {
        guard list.uint64(ConfigKey.vdevChildren) == 1,
            let pool = list.guid(ConfigKey.poolGUID), let tree = list.list(ConfigKey.vdevTree)
        else { return nil }
        return VdevConfig(tree).all.reduce(pool.rawValue) { sum, vdev in
            sum &+ (vdev.guid?.rawValue ?? 0)
        }
    }

    /// Labels 2 and 3 where they lay when the device had the size that its configuration tells.
    static func formerLabels(on device: any BlockDevice, best: Label?) -> [Label] {
        guard let tree = best?.config.list?.list(ConfigKey.vdevTree).map(VdevConfig.init(_:)),
            let size = formerSize(tree),
            size / UInt64(LabelPart.labelSize)
                < device.byteCount / UInt64(LabelPart.labelSize)
        else { return [] }
        var labels: [Label] = []
        for index in LabelPart.labelCount / 2..<LabelPart.labelCount {
            guard let offset = LabelPart.labelOffset(index, deviceSize: size),
                let label = (try? Label.read(device, index: index, at: offset)) ?? nil,
                label.config.checksum.isValid
            else { continue }
            labels.append(label)
        }
        return labels
    }

    /// The size in bytes that each device of `top` needs at least, by the top-level vdev's `asize`: its
    /// share, the two labels and the boot area in front (4 MiB), and the two labels behind (512 KiB).
    private static func formerSize(_ top: VdevConfig) -> UInt64? {
        guard let asize = top.asize else { return nil }
        let width = top.kind == .raidz ? UInt64(max(1, top.children.count)) : 1
        let labels = L2ARCHeader.offset + 2 * UInt64(LabelPart.labelSize)
        return try? (asize / width).adding(labels)
    }
}
