import Bytes
import Datasets
import Vdevs

/// The uberblock rings of all devices of a pool, those of labels that are the pool's own.
struct RingSurvey {
    /// One slot of a ring, with where it is.
    struct Entry {
        let device: String
        let label: Int
        let slot: UberblockSlot
        let role: UberblockSlot.Role?
    }

    let entries: [Entry]
    /// Each valid uberblock once, newest first; those of txg 0 that labelling a device leaves are not among them.
    let uberblocks: [Uberblock]

    init(_ survey: LabelSurvey, pool guid: GUID) {
        var entries: [Entry] = []
        for device in survey.devices where device.isLeaf {
            for label in device.labels.labels where !label.isEmpty {
                let owner = label.config.list?.guid(ConfigKey.poolGUID)
                guard owner == nil || owner == guid else { continue }
                for slot in label.ring.slots {
                    entries.append(
                        Entry(
                            device: device.labels.deviceName, label: label.index, slot: slot,
                            role: slot.role(in: label.ring.slots.count)))
                }
            }
        }
        self.entries = entries
        var seen: Set<Uberblock> = []
        uberblocks = entries.compactMap(\.slot.validUberblock)
            .filter { $0.txg.rawValue != 0 && seen.insert($0).inserted }
            .sorted { $1.precedes($0) }
    }
}
