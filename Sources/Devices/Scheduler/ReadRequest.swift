/// A run of bytes that a `ReadScheduler` is to read, in whatever order suits its device.
package struct ReadRequest: Sendable, Hashable {
    /// In bytes from the start of the device.
    package let offset: UInt64
    /// In bytes; a block has 16 MiB at most.
    package let count: UInt32
    /// What the caller knows the request by.
    package let tag: UInt64

    package init(at offset: UInt64, count: UInt32, tag: UInt64) {
        self.offset = offset
        self.count = count
        self.tag = tag
    }

    /// The first byte behind it; held below the end of numbers for a request that can't be met anyway.
    var end: UInt64 {
        offset.addingReportingOverflow(UInt64(count)).overflow ? .max : offset + UInt64(count)
    }
}
