package import Codecs
package import Vdevs

/// The bytes at an address that no pointer vouches for, and what they may mean.
package struct RawBlock: Sendable {
    package let address: BlockAddress
    /// As many bytes as fit the allocated size beside parity; nothing was verified.
    package let bytes: [UInt8]
    /// Devices that gave nothing, so that others were read instead.
    package let incidents: [VdevIncident]
    /// Where the bytes and their parity lie.
    package let locations: [DeviceLocation]

    /// A way to read the bytes that holds together.
    package enum Reading: Sendable, Hashable {
        case zeros
        /// A gang header, whose checksum was not verified since it depends on the pointer.
        case gangHeader(GangHeader)
        /// Bytes that expand without a fault.
        case compressed(CompressionAlgorithm, logical: [UInt8])
    }
}
