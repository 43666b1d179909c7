package import Bytes

/// What one kind of log record says beyond its header.
///
/// `bytes` of the decoders is the whole record, header included, so that offsets are those of the C
/// structures.
package protocol LogRecordBody: Sendable {
    /// The fixed fields, in the order of the disk.
    static var fields: [AnyField] { get }
    var record: Record { get }
}
