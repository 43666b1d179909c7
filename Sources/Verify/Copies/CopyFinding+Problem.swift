import Bytes
import Vdevs

extension CopyFinding {
    /// The finding with the names of what is affected.
    func problem(on device: String, _ names: inout OwnerNames) -> Problem {
        var location = Location(place)
        location.device = device
        location.vdev = UInt64(address.vdev)
        location.offset = address.offset
        location.size = address.allocatedSize
        location.txg = birth
        if let range = SpaceRange(BlockAddress(address)) {
            let owner = names.named(BlockOwner(place: place, range: range))
            location.dataset = owner.dataset
            location.path = owner.path
        }
        return Problem(
            kind, at: location,
            evidence: Record([
                "role": .text("\(run.role)"), "device_offset": .offset(run.offset),
                "bytes": .bytes(byteCount), "cause": .text(cause),
            ]))
    }
}
