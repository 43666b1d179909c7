import Bytes
import Devices
import Synchronization
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

    /// The label sets of all devices of an archive, read once for all tests.
    static func labelSets(of pool: TestPool) throws -> [LabelSet] {
        try known.withLock { known in
            if let sets = known[pool.name] { return sets }
            let sets = try CorpusDevices(pool).devices.map { LabelSet($0) }
            known[pool.name] = sets
            return sets
        }
    }

    private static let known = Mutex<[String: [LabelSet]]>([:])
}
