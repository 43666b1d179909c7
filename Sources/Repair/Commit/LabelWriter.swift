import Bytes
import Datasets
import Devices
import Vdevs

/// The writes to labels and uberblock rings that end a commit.
///
/// A label that is damaged, or of another pool, keeps its configuration: to put that right is a cure of its own. Its ring
/// gets the uberblock all the same, as ZFS writes every ring of a device.
struct LabelWriter {
    let pool: Pool
    let uberblock: Uberblock
    /// Labels that get a good sibling's configuration.
    let restored: [GUID: Set<Int>]
    /// Other slots that are put right.
    let slotEdits: [SlotEdit]
    private(set) var evenLabels: [DeviceWrite] = []
    private(set) var oddLabels: [DeviceWrite] = []
    private(set) var uberblocks: [DeviceWrite] = []

    init(
        _ pool: Pool, _ uberblock: Uberblock, restored: [GUID: Set<Int>],
        slotEdits: [SlotEdit] = []
    ) {
        self.pool = pool
        self.uberblock = uberblock
        self.restored = restored
        self.slotEdits = slotEdits
    }

    /// Adds the writes for one device, whose top-level vdev has that ashift.
    mutating func add(
        _ guid: GUID, _ device: any BlockDevice, ashift: UInt64
    ) throws(RepairError) {
        let shift = UberblockRing.shift(ashift: Int(min(ashift, 63)))
        let slots = LabelPart.uberblockRing.range.count >> shift
        // The last slot belongs to the signs of life of multihost protection.
        let shared = slots - (uberblock.multihost.isOn ? 1 : 0)
        let isReflowing = uberblock.reflow.state == .valid
        let slot = (uberblock.txg.rawValue - (isReflowing ? 1 : 0)) % UInt64(shared)
        for index in 0..<LabelPart.labelCount {
            guard let label = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
                continue
            }
            let offset =
                label + UInt64(LabelPart.uberblockRing.range.lowerBound) + slot << UInt64(shift)
            let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
                try Label.slot(uberblock, slotShift: shift, at: offset)
            }
            uberblocks.append(DeviceWrite(guid, at: offset, bytes))
            let ring = label + UInt64(LabelPart.uberblockRing.range.lowerBound)
            for edit in slotEdits
            where edit.device == guid && edit.label == index && edit.slot < slots
                && UInt64(edit.slot) != slot
            {
                let place = ring + UInt64(edit.slot) << UInt64(shift)
                uberblocks.append(
                    DeviceWrite(guid, at: place, try edit.bytes(slotShift: shift, at: place)))
            }
            guard let config = try config(guid, device, index, at: label) else { continue }
            if index % 2 == 0 { evenLabels.append(config) } else { oddLabels.append(config) }
        }
    }

    /// The label's configuration as of the new group; nil for one that is not to be touched.
    private func config(
        _ guid: GUID, _ device: any BlockDevice, _ index: Int, at offset: UInt64
    ) throws(RepairError) -> DeviceWrite? {
        let own = try? Label.read(device, index: index, at: offset)
        let isRestored = restored[guid]?.contains(index) ?? false
        guard let label = isRestored ? LabelSet(device).best : own, label.config.isSound,
            case .valid(let order) = label.config.checksum, var list = label.config.list,
            list.guid(ConfigKey.poolGUID) == pool.candidate.guid,
            list.guid(ConfigKey.guid) == guid
        else { return nil }
        for index in list.pairs.indices where list.pairs[index].name == ConfigKey.poolTxg {
            list.pairs[index].value = .uint64(uberblock.txg.rawValue)
        }
        let updated = list
        let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
            try Label.configPart(updated, labelOffset: offset, order)
        }
        return DeviceWrite(
            guid, at: offset + UInt64(LabelPart.config.range.lowerBound), bytes)
    }
}
