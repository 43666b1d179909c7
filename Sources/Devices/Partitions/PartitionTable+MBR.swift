import Bytes

extension PartitionTable {
    /// The sectors of a master boot record are 512 bytes on all disks that still have one.
    private static let sectorSize: UInt64 = 512
    /// So many partitions are followed along the chain inside an extended one.
    private static let maximumLogical = 128

    /// The partitions of the master boot record of `device`, or nil where it has none.
    static func mbr(
        of device: any BlockDevice, _ problems: inout [String]
    ) throws(DeviceError) -> [Partition]? {
        guard device.byteCount > sectorSize else { return nil }
        let sector = try device.read(at: 0, count: Int(sectorSize))
        guard let entries = try? MBREntry.all(in: sector.rawBytes) else { return nil }
        let sectors = device.byteCount / sectorSize
        var found: [Partition] = []
        for (index, entry) in entries.enumerated() where entry.isUsed && !entry.isProtective {
            let start = UInt64(entry.firstSector)
            guard start > 0, start < sectors else { return nil }
            if entry.isExtended {
                found += logical(in: start, of: device, &problems)
            } else if start + UInt64(entry.sectorCount) <= sectors {
                found.append(partition(index + 1, start, entry))
            } else {
                problems.append("partition \(index + 1) reaches past the end of the disk")
            }
        }
        guard !found.isEmpty || !problems.isEmpty else { return nil }
        return found.sorted { $0.number < $1.number }
    }

    /// The partitions inside the extended one that begins at sector `base`.
    ///
    /// Each has a boot record in front of it with two entries: the partition, counted from that record, and the
    /// next such record, counted from `base`.
    private static func logical(
        in base: UInt64, of device: any BlockDevice, _ problems: inout [String]
    ) -> [Partition] {
        let sectors = device.byteCount / sectorSize
        var found: [Partition] = []
        var place = base
        var visited: Set<UInt64> = []
        while visited.count < maximumLogical, visited.insert(place).inserted {
            guard place < sectors,
                let sector = try? device.read(at: place * sectorSize, count: Int(sectorSize)),
                let entries = try? MBREntry.all(in: sector.rawBytes)
            else {
                problems.append("the extended partition's record at sector \(place) is damaged")
                return found
            }
            // No overflow: `place` is below the number of sectors, the others have 32 bits.
            let start = place + UInt64(entries[0].firstSector)
            if entries[0].isUsed, start + UInt64(entries[0].sectorCount) <= sectors {
                found.append(partition(5 + found.count, start, entries[0]))
            }
            guard entries[1].isUsed, entries[1].isExtended else { return found }
            place = base + UInt64(entries[1].firstSector)
        }
        problems.append("the chain of extended partitions does not end")
        return found
    }

    private static func partition(_ number: Int, _ start: UInt64, _ entry: MBREntry) -> Partition {
        let digits = String(entry.type, radix: 16)
        return Partition(
            number: number,
            range: start * sectorSize..<(start + UInt64(entry.sectorCount)) * sectorSize,
            type: digits.count == 1 ? "0x0\(digits)" : "0x\(digits)", label: "")
    }
}
