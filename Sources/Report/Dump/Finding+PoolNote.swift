import Bytes
package import Datasets
import Verify

extension Finding {
    /// A note that was taken while a pool was read, as the output shows it.
    package init(_ note: PoolNote) {
        let isUberblock = note.place.hasPrefix("uberblock")
        let isDamage = note.kind == .damage
        self.init(
            code: isUberblock ? "uberblock.unreadable" : isDamage ? "object.damaged" : "scan.state",
            severity: isDamage ? .error : .note, message: "\(note.place): \(note.cause)",
            location: Record())
    }
}
