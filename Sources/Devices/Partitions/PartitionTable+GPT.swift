import Bytes

extension PartitionTable {
    /// The partitions that the first or the backup GPT of `device` lists, or nil where there is none that
    /// can be used; `problems` tells of a damaged one.
    static func gpt(
        of device: any BlockDevice, _ sectorSize: Int, isBackup: Bool, _ problems: inout [String]
    ) throws(DeviceError) -> [Partition]? {
        let size = UInt64(sectorSize)
        let sectors = device.byteCount / size
        // A table takes two headers, two arrays and the protective boot record.
        guard sectors > 5 else { return nil }
        let place = isBackup ? sectors - 1 : 1
        let which = isBackup ? "the backup GPT" : "the GPT at the start"
        let sector = try device.read(at: place * size, count: sectorSize)
        do throws(FormatError) {
            let header = try GPTHeader(sector.rawBytes)
            guard let entries = try Self.entries(of: header, device, sectorSize) else {
                problems.append("\(which) is damaged: its entries cannot be read or do not match")
                return nil
            }
            return try Self.partitions(entries, header, device, sectorSize, &problems)
        } catch {
            if case .badMagic = error.reason { return nil }
            problems.append("\(which) is damaged: \(error)")
            return nil
        }
    }

    /// The array of entries, or nil where it can't be read or fails its checksum.
    private static func entries(
        of header: GPTHeader, _ device: any BlockDevice, _ sectorSize: Int
    ) throws(FormatError) -> [UInt8]? {
        let place: UInt64
        do throws(Overflow) {
            place = try header.entriesSector.times(UInt64(sectorSize))
        } catch {
            return nil
        }
        // The header bounds the length at a few MiB.
        guard let count = Int(exactly: header.entriesByteCount),
            let bytes = try? device.read(at: place, count: count),
            CRC32.compute(bytes) == header.entriesCRC
        else { return nil }
        return bytes
    }

    private static func partitions(
        _ bytes: [UInt8], _ header: GPTHeader, _ device: any BlockDevice, _ sectorSize: Int,
        _ problems: inout [String]
    ) throws(FormatError) -> [Partition] {
        let size = UInt64(sectorSize)
        let sectors = device.byteCount / size
        var found: [Partition] = []
        for index in 0..<Int(header.entryCount) {
            let slice: RawSpan
            do throws(OutOfBounds) {
                slice = try bytes.rawBytes.slice(
                    at: index * Int(header.entrySize), count: GPTEntry.Layout.size)
            } catch {
                throw FormatError("PartitionEntry", .outOfBounds(error))
            }
            guard let entry = try GPTEntry(slice) else { continue }
            guard entry.firstSector <= entry.lastSector, entry.lastSector < sectors else {
                problems.append("partition \(index + 1) reaches past the end of the disk")
                continue
            }
            found.append(
                Partition(
                    number: index + 1,
                    range: entry.firstSector * size..<(entry.lastSector + 1) * size,
                    type: entry.type, label: entry.name))
        }
        return found
    }
}
