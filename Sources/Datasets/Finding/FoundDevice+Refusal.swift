import Devices
import Vdevs

extension FoundDevice {
    /// Why `device`, whose labels name no pool, is not part of one; a sentence without its full stop.
    static func refusal(_ device: any BlockDevice, _ labels: LabelSet) -> String {
        if labels.bestUberblock() != nil || labels.labels.contains(where: \.config.checksum.isValid)
        {
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
