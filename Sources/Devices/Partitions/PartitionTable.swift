import Bytes

/// The partition table of a disk or of the image of one.
package struct PartitionTable: Sendable, Hashable {
    package let kind: Kind
    /// In ascending order of their numbers; only those that lie inside the disk.
    package let partitions: [Partition]
    /// What is wrong with the table; each a sentence without its full stop.
    package let problems: [String]

    package enum Kind: Sendable, Hashable {
        /// A GUID partition table in logical sectors of so many bytes.
        case gpt(sectorSize: Int)
        case mbr
    }

    /// Logical sectors that disks have; a table does not say which its disk had.
    static let sectorSizes = [512, 4096]

    /// The table of `device`, or nil where it has none.
    ///
    /// A GPT is taken from the backup at the end of the disk where the first one is damaged. Throws only where
    /// neither end of the device can be read.
    package init?(of device: any BlockDevice) throws(DeviceError) {
        var failure: DeviceError?
        var problems: [String] = []
        for isBackup in [false, true] {
            for sectorSize in Self.sectorSizes {
                do throws(DeviceError) {
                    guard
                        let found = try Self.gpt(
                            of: device, sectorSize, isBackup: isBackup, &problems)
                    else { continue }
                    if isBackup && problems.isEmpty {
                        problems.append("the GPT at the start is gone; its backup is used")
                    }
                    self.init(
                        kind: .gpt(sectorSize: sectorSize), partitions: found, problems: problems)
                    return
                } catch {
                    failure = error
                }
            }
        }
        do throws(DeviceError) {
            guard let found = try Self.mbr(of: device, &problems) else {
                return nil
            }
            self.init(kind: .mbr, partitions: found, problems: problems)
        } catch {
            throw failure ?? error
        }
    }

    private init(kind: Kind, partitions: [Partition], problems: [String]) {
        self.kind = kind
        self.partitions = partitions
        self.problems = problems
    }
}
