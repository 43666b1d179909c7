import Bytes
package import Datasets
import Verify

extension Finding {
    /// A note that was taken while a pool was read, as the output shows it.
    package init(_ note: PoolNote) {
        self.init(
            code: note.code.rawValue, severity: note.kind == .damage ? .error : .note,
            message: "\(note.place): \(note.cause)", location: Record())
    }
}
