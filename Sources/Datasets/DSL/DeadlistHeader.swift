package import Bytes

/// The totals of a deadlist, in the bonus of its ZAP.
///
/// Mirrors `dsl_deadlist_phys_t` (`include/sys/dsl_deadlist.h`).
package struct DeadlistHeader: FixedStructure, Hashable {
    /// `dl_used`: what the listed blocks take on disk.
    package var usedBytes: UInt64
    /// `dl_comp`: their physical sizes.
    package var compressedBytes: UInt64
    /// `dl_uncomp`: their logical sizes.
    package var uncompressedBytes: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        usedBytes = try Layout.usedBytes.read(bytes, order)
        compressedBytes = try Layout.compressedBytes.read(bytes, order)
        uncompressedBytes = try Layout.uncompressedBytes.read(bytes, order)
    }
}
