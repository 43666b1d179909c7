package import Bytes

extension BlockPointerListHeader {
    /// Where each field of `bpobj_phys_t` lies on disk.
    package enum Layout {
        /// The sizes in bytes that were ever written (`BPOBJ_SIZE_V0` to `V2`, and the whole structure).
        package static let byteCounts = [16, 32, 48, 56]

        package static let count = Field<UInt64>("bpo_num_blkptrs", at: 0)
        package static let bytes = Field<UInt64>("bpo_bytes", at: 8)
        package static let compressedBytes = Field<UInt64>("bpo_comp", at: 16)
        package static let uncompressedBytes = Field<UInt64>("bpo_uncomp", at: 24)
        package static let subordinateObject = Field<UInt64>("bpo_subobjs", at: 32)
        package static let subordinateCount = Field<UInt64>("bpo_num_subobjs", at: 40)
        package static let freedCount = Field<UInt64>("bpo_num_freed", at: 48)

        package static let fields = [
            AnyField(count), AnyField(bytes), AnyField(compressedBytes),
            AnyField(uncompressedBytes), AnyField(subordinateObject), AnyField(subordinateCount),
            AnyField(freedCount),
        ]
    }
}
