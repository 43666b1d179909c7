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
    /// Devices whose labels get the configuration that the MOS tells.
    let remade: Set<GUID>
    /// Boot environments that are put right, by device and label.
    let bootEnvironments: [GUID: [Int: BootEnvironment.Part]]
    /// What their configurations are to have no longer.
    let reductions: [ConfigReduction]
    /// Other slots that are put right.
    let slotEdits: [SlotEdit]
    /// What the configuration becomes, where that is another one.
    let singleDisk: SingleDisk?
    private(set) var evenLabels: [DeviceWrite] = []
    private(set) var oddLabels: [DeviceWrite] = []
    private(set) var uberblocks: [DeviceWrite] = []

    init(
        _ pool: Pool, _ uberblock: Uberblock, restored: [GUID: Set<Int>], remade: Set<GUID>,
        bootEnvironments: [GUID: [Int: BootEnvironment.Part]],
        reductions: [ConfigReduction] = [], slotEdits: [SlotEdit] = [],
        singleDisk: SingleDisk? = nil
    ) {
        self.pool = pool
        self.uberblock = uberblock
        self.restored = restored
        self.remade = remade
        self.bootEnvironments = bootEnvironments
        self.reductions = reductions
        self.slotEdits = slotEdits
        self.singleDisk = singleDisk
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
        let isStrange = pool.candidate.recognised.contains(guid)
        for index in 0..<LabelPart.labelCount {
            guard let label = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
                continue
            }
            let offset =
                label + UInt64(LabelPart.uberblockRing.range.lowerBound) + slot << UInt64(shift)
            let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
                try Label.slot(uberblock, slotShift: shift, at: offset)
            }
            let ring = label + UInt64(LabelPart.uberblockRing.range.lowerBound)
            if isStrange {
                // Whatever the ring holds is another pool's or nobody's.
                var whole = [UInt8](repeating: 0, count: LabelPart.uberblockRing.range.count)
                let start = Int(slot) << shift
                whole.replaceSubrange(start..<start + bytes.count, with: bytes)
                uberblocks.append(DeviceWrite(guid, at: ring, whole))
            } else {
                uberblocks.append(DeviceWrite(guid, at: offset, bytes))
            }
            for edit in slotEdits
            where edit.device == guid && edit.label == index && edit.slot < slots
                && UInt64(edit.slot) != slot
            {
                let place = ring + UInt64(edit.slot) << UInt64(shift)
                uberblocks.append(
                    DeviceWrite(guid, at: place, try edit.bytes(slotShift: shift, at: place)))
            }
            var parts: [DeviceWrite] = []
            if let part = bootEnvironments[guid]?[index] {
                let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
                    try Label.bootEnvironmentPart(part, labelOffset: label)
                }
                parts.append(
                    DeviceWrite(
                        guid, at: label + UInt64(LabelPart.bootEnvironment.range.lowerBound), bytes)
                )
            }
            if let config = try config(guid, device, index, at: label) { parts.append(config) }
            if index % 2 == 0 { evenLabels += parts } else { oddLabels += parts }
        }
    }

    /// The label's configuration as of the new group; nil for one that is not to be touched.
    private func config(
        _ guid: GUID, _ device: any BlockDevice, _ index: Int, at offset: UInt64
    ) throws(RepairError) -> DeviceWrite? {
        if remade.contains(guid) {
            let config = guid == singleDisk?.former ? singleDisk : nil
            guard
                let list = pool.labelConfig(
                    of: config?.guid ?? guid, txg: uberblock.txg, by: config?.config)
            else {
                throw .unsupported(
                    "the configuration in the MOS does not tell what belongs into the labels of \(device.name)"
                )
            }
            return try part(guid, list, at: offset, uberblock.order)
        }
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
        return try part(guid, list, at: offset, order)
    }

    private func part(
        _ guid: GUID, _ list: NVList, at offset: UInt64, _ order: ByteOrder
    ) throws(RepairError) -> DeviceWrite {
        let reduced = reductions.reduce(list) { $1.applied(to: $0) }
        let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
            try Label.configPart(reduced, labelOffset: offset, order)
        }
        return DeviceWrite(
            guid, at: offset + UInt64(LabelPart.config.range.lowerBound), bytes)
    }
}
