import Bytes
package import Devices

extension UberblockRing {
    /// The uberblock that ZFS would choose on a device, by the first of its rings that can be read.
    ///
    /// ZFS writes all rings of a device in each commit that it writes any of them, so one tells as much as
    /// four. `ashift` is that of the top-level vdev.
    package static func newest(on device: any BlockDevice, ashift: UInt64) -> Uberblock? {
        let range = LabelPart.uberblockRing.range
        for index in 0..<LabelPart.labelCount {
            guard let label = LabelPart.labelOffset(index, deviceSize: device.byteCount) else {
                continue
            }
            let offset = label + UInt64(range.lowerBound)
            guard let bytes = try? device.read(at: offset, count: range.count) else { continue }
            return newest(bytes.rawBytes, at: offset, ashift: ashift)
        }
        return nil
    }
}
