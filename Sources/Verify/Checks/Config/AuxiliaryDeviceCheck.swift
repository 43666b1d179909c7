import Bytes
import Datasets
import Vdevs

/// AX1: hot spares and cache devices are listed whole and once, and the labels of those at hand say that they are spares
/// and caches.
///
/// The ring of such a device is not looked at: it keeps the uberblocks of the pool that it was in before
/// (`vdev_label_init`, `module/zfs/vdev_label.c`, clears none).
struct AuxiliaryDeviceCheck: Check {
    static let kinds: [ProblemKind] = [.auxiliaryEntry, .auxiliaryLabel]

    func run(_ context: CheckContext) {
        for (key, state) in [
            (ObjectDirectory.Key.spares, PoolState.spare), (.l2cache, PoolState.l2cache),
        ] {
            guard let object = context.pool.directory.object(key), object != 0 else { continue }
            checkList(key, object, context)
            checkLabels(key, state, context)
        }
    }

    private func checkList(
        _ key: ObjectDirectory.Key, _ object: UInt64, _ context: CheckContext
    ) {
        // A list that can't be read is told by the check of the configuration.
        guard let list = try? context.pool.meta.nvlistDecoding(object).list else { return }
        guard let entries = list.lists(key.rawValue) else {
            return report(key.rawValue, object, "the list has no devices", context)
        }
        var seen: Set<GUID> = []
        for (index, entry) in entries.enumerated() {
            let path = "\(key.rawValue)[\(index)]"
            let missing = [ConfigKey.type, ConfigKey.guid].filter { entry[$0] == nil }
            if !missing.isEmpty {
                report(path, object, "it lacks \(missing.joined(separator: ", "))", context)
            }
            if let guid = entry.guid(ConfigKey.guid), !seen.insert(guid).inserted {
                report(path, object, "another entry has its GUID", context)
            }
            let device = VdevConfig(entry)
            if !device.isLeaf, entry[ConfigKey.type] != nil {
                report(path, object, "a device of type \(device.kind) is none", context)
            }
        }
    }

    private func report(_ path: String, _ object: UInt64, _ cause: String, _ context: CheckContext)
    {
        var location = Location(objectSet: 0, object: object)
        location.key = path
        context.report(
            Problem(.auxiliaryEntry, at: location, evidence: Record(["cause": .text(cause)])))
    }

    /// A spare that stands in for a device is one of the pool's own, and so is its label.
    private func checkLabels(
        _ key: ObjectDirectory.Key, _ state: PoolState, _ context: CheckContext
    ) {
        let own = Set(context.pool.rootConfig.leaves.compactMap(\.guid))
        let wanted = Set(context.pool.auxiliaryDevices(key).compactMap(\.guid)).subtracting(own)
        for device in context.labels.devices {
            guard let identity = device.labels.identity, let best = device.labels.best,
                let guid = identity.guid, wanted.contains(guid), identity.state != state
            else { continue }
            context.report(
                Problem(
                    .auxiliaryLabel,
                    at: Location(device: device.labels.deviceName, label: best.index),
                    evidence: Record([
                        "expected": .text("\(state)"),
                        "found": .text(identity.state.map { "\($0)" } ?? "none"),
                    ])))
        }
    }
}
