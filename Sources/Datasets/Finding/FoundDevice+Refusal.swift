import Bytes
import Devices
import Vdevs

extension FoundDevice {
    /// Why a device of this identity belongs to no pool; nil where it may.
    static func refusal(_ device: any BlockDevice, _ identity: PoolIdentity) -> String? {
        guard identity.guid != nil else {
            return "\(device.name) has a ZFS label that does not say which device it is; "
                + "\"zinspect labels\" shows what is left of it"
        }
        if identity.state == .spare || identity.state == .l2cache { return nil }
        guard identity.poolGUID != nil, let txg = identity.txg, txg.rawValue > 0 else {
            return
                "\(device.name) was being added to a pool when that was broken off: its label is "
                + "of txg 0"
        }
        return nil
    }

    /// Why `device`, whose labels name no pool, is not part of one; a sentence without its full stop.
    static func refusal(_ device: any BlockDevice, _ labels: LabelSet) -> String {
        if bearsTraces(labels) {
            return "\(device.name) was part of a pool, but none of its labels names one any more; "
                + "\"zinspect labels\" shows what is left of them"
        }
        var failure: DeviceError?
        for case .unreadable(let error) in labels.outcomes { failure = failure ?? error }
        if let failure, labels.labels.isEmpty { return failure.description }
        do throws(DeviceError) {
            return description(device, try DeviceContents(of: device))
        } catch {
            return error.description
        }
    }

    /// Whether something in the labels was written by ZFS beyond doubt.
    static func bearsTraces(_ labels: LabelSet) -> Bool {
        labels.bestUberblock() != nil || labels.labels.contains(where: \.config.checksum.isValid)
    }

    private static func description(_ device: any BlockDevice, _ contents: DeviceContents) -> String
    {
        let what = "\(device.name) has no ZFS label: it holds \(contents.description)"
        if let advice = contents.advice { return "\(what); \(advice)" }
        if device.byteCount < UInt64(LabelPart.labelCount * LabelPart.labelSize) {
            return "\(what), and its \(device.byteCount) bytes are too few for a device of a pool"
        }
        return what
    }
}
