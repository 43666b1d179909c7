import Blocks
import Bytes
import Datasets
import Devices
import Vdevs

extension DumpReport {
    /// The raw bytes at an address and the devices that hold them; nothing vouches for the bytes, since no
    /// pointer with a checksum was followed.
    func showBlock(_ address: DVA) throws(PoolError) {
        let raw: RawBlock
        do {
            // The allocated size counts parity and padding, which the bytes do not.
            raw = try pool.reader.rawBlock(
                at: BlockAddress(address), physicalBirth: pool.txg)
        } catch {
            throw .vdev(error)
        }
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
