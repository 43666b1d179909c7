package import Bytes
import Vdevs

extension GangHeader {
    /// The header's size and the pointers in use.
    package var record: Record {
        Record([
            "bytes": .bytes(UInt64(byteCount)), "order": .text("\(order)"),
            "checksum": .text("\(checksum)"),
            "members": .list(
                pointers.filter { !$0.isHole }.map { .text("\($0)") }),
        ])
    }
}
