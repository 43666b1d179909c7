package import Vdevs

/// A block's bytes together with what went wrong on the way to them.
///
/// A read that redundancy saved is a success with incidents; a report shows them, a copy goes on.
package struct ReadOutcome: Sendable {
    /// The logical bytes: checksum verified, decrypted, decompressed.
    package let bytes: [UInt8]
    /// Copies, mirror sides or columns that were missing or wrong although the read succeeded.
    package let incidents: [Incident]
    /// The bonus buffers in this block of dnodes are still encrypted, for want of a key.
    package let isSealed: Bool

    package struct Incident: Hashable, Sendable {
        package let dva: DVA
        /// One sentence without a full stop.
        package let what: String
        /// No copy is wrong, but a gang block's tree is: what was put together does not match the checksum above it, by which
        /// nobody reads.
        package let isOfTree: Bool

        package init(dva: DVA, what: String, isOfTree: Bool = false) {
            self.dva = dva
            self.what = what
            self.isOfTree = isOfTree
        }
    }

    package init(bytes: [UInt8], incidents: [Incident] = [], isSealed: Bool = false) {
        self.bytes = bytes
        self.incidents = incidents
        self.isSealed = isSealed
    }
}
