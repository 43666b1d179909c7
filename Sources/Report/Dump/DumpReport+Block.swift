import Blocks
import Bytes
import Datasets
import Devices
import Vdevs
import Verify

extension DumpReport {
    /// The raw bytes at an address and the devices that hold them; nothing vouches for the bytes, since no
    /// pointer with a checksum was followed.
    func showBlock(_ address: BlockAddress) throws(PoolError) {
        let birth = birth ?? pool.txg
        let raw: RawBlock
        let width: Int?
        do {
            // The allocated size counts parity and padding, which the bytes do not.
            raw = try pool.reader.rawBlock(at: address, physicalBirth: birth)
            width = try pool.vdevs.top(address.vdev).expandedWidth(birth: birth)
        } catch {
            throw .vdev(error)
        }
        if let width { showWidth(width, birth, of: address) }
        let places = raw.locations.map { place in
            Record([
                "device": .text(name(of: place)), "offset": .offset(place.offset),
                "size": .bytes(place.byteCount), "role": .text("\(place.role)"),
                "guid": .guid(place.guid),
            ])
        }
        output.section(
            Section(
                type: "location", title: "Devices that hold \(address)",
                .table(
                    places,
                    columns: [
                        Column("device"), Column("offset"), Column("size"), Column("role"),
                    ])))
        output.section(
            Section(
                type: "contents", title: "Contents, not verified by any checksum",
                .lines(
                    HexView.lines(raw.bytes, from: address.offset),
                    Record(["bytes": .data(raw.bytes)]))))
        for reading in raw.readings { showReading(reading) }
    }

    /// How a block on an expanded RAID-Z was taken to be spread, since only its pointer knows when it was born.
    private func showWidth(_ width: Int, _ txg: TransactionGroup, of address: BlockAddress) {
        output.section(
            Section(
                type: "layout", title: "Layout",
                .record(
                    Record([
                        "columns": .number(UInt64(width)), "birth": .txg(txg),
                        "assumed": .flag(birth == nil),
                    ]))))
        guard birth == nil else { return }
        output.finding(
            Finding(
                code: "raidz.width-assumed", severity: .note,
                message:
                    "vdev \(address.vdev) was made wider: the block is read as one of txg \(txg), "
                    + "\(width) columns wide; --birth TXG reads it as one of another txg",
                location: Record([
                    "vdev": .number(UInt64(address.vdev)), "offset": .offset(address.offset),
                    "size": .bytes(address.allocatedSize),
                ])))
    }

    /// The bytes as what they may be.
    private func showReading(_ reading: RawBlock.Reading) {
        switch reading {
        case .zeros:
            break
        case .gangHeader(let header):
            output.section(
                Section(type: "reading", title: "It may be a gang header", .record(header.record)))
        case .compressed(let algorithm, let bytes):
            output.section(
                Section(
                    type: "reading",
                    title: "It expands by \(algorithm) to \(bytes.count) bytes",
                    .lines(
                        HexView.lines(bytes, from: 0),
                        Record([
                            "compression": .text("\(algorithm)"), "bytes": .data(bytes),
                        ]))))
        }
    }

    /// The device as it was found, or as the configuration names it where it is missing.
    private func name(of place: DeviceLocation) -> String {
        pool.candidate.devices[place.guid]?.name ?? "\(place.device) (missing)"
    }
}
