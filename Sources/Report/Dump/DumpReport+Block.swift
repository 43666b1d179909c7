import Bytes
import Datasets
import Devices
import Vdevs

extension DumpReport {
    /// The raw bytes at an address and the devices that hold them; nothing vouches for the bytes, since no
    /// pointer with a checksum was followed.
    func showBlock(_ address: DVA) throws(PoolError) {
        guard let count = Int(exactly: address.allocatedSize), count <= 1 << 24 else {
            throw .absent("a block has at most 16 MiB, not \(address.allocatedSize) bytes")
        }
        var places: [Record] = []
        let outcome: VdevReadOutcome
        do {
            for place in try pool.vdevs.locations(
                of: address, count: count, physicalBirth: pool.txg)
            {
                places.append(
                    Record([
                        "device": .text(name(of: place)), "offset": .offset(place.offset),
                        "size": .bytes(place.byteCount), "role": .text("\(place.role)"),
                        "guid": .guid(place.guid),
                    ]))
            }
            outcome = try pool.vdevs.read(
                dva: address, count: count, physicalBirth: pool.txg
            ) { _ in true }
        } catch {
            throw .vdev(error)
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
                    HexView.lines(outcome.bytes, from: address.offset),
                    Record(["bytes": .data(outcome.bytes)]))))
    }

    /// The device as it was found, or as the configuration names it where it is missing.
    private func name(of place: DeviceLocation) -> String {
        pool.candidate.devices[place.guid]?.name ?? "\(place.device) (missing)"
    }
}
