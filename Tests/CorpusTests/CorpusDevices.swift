import Bytes
import Devices
import TestSupport
import Vdevs

/// The devices of an archive as zinspect finds them: files, and partitions of whole-disk images.
struct CorpusDevices {
    let devices: [any BlockDevice]

    init(_ pool: TestPool) throws {
        var devices: [any BlockDevice] = []
        for path in try pool.devicePaths() {
            let disk = try FileDevice(path: path)
            if LabelSet(disk).isBlank, let table = try PartitionTable(of: disk),
                let first = table.partitions.first
            {
                devices.append(try first.device(on: disk))
            } else {
                devices.append(disk)
            }
        }
        self.devices = devices
    }

    /// The label sets of all devices.
    var labelSets: [LabelSet] { devices.map(LabelSet.init(_:)) }
}
