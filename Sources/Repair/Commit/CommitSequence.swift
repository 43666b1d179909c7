package import Bytes
package import Devices
import Vdevs

/// Carries a commit out, stage by stage, each on stable storage before the next begins.
///
/// The order is that of `vdev_config_sync` (`module/zfs/vdev_label.c`): until an uberblock has arrived, nothing that the
/// pool's newest state uses has changed, and labels 1 and 3 still tell of that state; afterwards labels 0 and 2 tell of the
/// new one. So whatever subset of the writes since the last flush arrives, the pool opens as before or as after.
package enum CommitSequence {
    /// Writes everything to `targets`; throws at the first device that fails, which leaves the pool as before or as after.
    package static func run(
        _ commit: PreparedCommit, on targets: [GUID: any WritableTarget]
    ) throws(RepairError) {
        try run(commit.stages, on: targets)
    }

    /// The same for a user, who is told what to do where a device fails in the middle, and can't break it off.
    static func run(
        _ stages: [[DeviceWrite]], on targets: [GUID: any WritableTarget], undoLog: String,
        holding interruption: Interruption
    ) throws(RepairError) {
        try interruption.held { () throws(RepairError) in
            do throws(RepairError) {
                try run(stages, on: targets)
            } catch {
                throw .brokenOff(
                    "\(error); the pool opens as it was before or as it was to be, and `zinspect undo POOL \(undoLog)` takes back what was written"
                )
            }
        }
    }

    /// The same for writes of any kind that must arrive in stages.
    static func run(
        _ stages: [[DeviceWrite]], on targets: [GUID: any WritableTarget]
    ) throws(RepairError) {
        for device in Set(stages.joined().map(\.device)) where targets[device] == nil {
            throw .changed("the device with GUID \(device) was not opened for writing")
        }
        do throws(DeviceError) {
            for stage in stages {
                for write in stage { try targets[write.device]?.write(write.patch) }
                for device in Set(stage.map(\.device)) { try targets[device]?.flush() }
            }
        } catch {
            throw .device(error)
        }
    }
}
