package import Bytes
package import Datasets
package import Devices

/// Opens the devices of a pool for writing.
///
/// Each file or disk is opened once, whatever partitions of it the pool uses.
package struct PoolTargets {
    private var files: [String: any WritableTarget] = [:]

    /// The target of each device that a commit goes to, by the GUID of its leaf.
    package static func open(
        _ pool: Pool
    ) throws(RepairError) -> [GUID: any WritableTarget] {
        var opener = PoolTargets()
        var targets: [GUID: any WritableTarget] = [:]
        do throws(DeviceError) {
            for leaf in WritableLeaves(pool, labelling: pool.candidate.recognised).leaves {
                targets[leaf.guid] = try opener.open(leaf.device)
            }
        } catch {
            throw .device(error)
        }
        return targets
    }

    private mutating func open(
        _ device: any BlockDevice
    ) throws(DeviceError) -> any WritableTarget {
        if let target = device as? any WritableTarget { return target }
        if let slice = device as? SlicedDevice {
            return try TargetSlice(
                try open(slice.base), slice.start..<slice.start + slice.byteCount,
                name: slice.name)
        }
        if device is Overlay {
            throw DeviceError(
                device: device.name,
                .unsuitable("is seen through an overlay and can't be written to"))
        }
        if let target = files[device.name] { return target }
        let target = try WritableDevice(path: device.name)
        files[device.name] = target
        return target
    }
}
