package import Bytes

extension ZAPLeaf {
    /// Where each field of `zap_leaf_phys_t` and `zap_leaf_chunk_t` lies on disk.
    package enum Layout {
        /// `ZBT_LEAF`.
        package static let blockType: UInt64 = 1 << 63
        /// `ZAP_LEAF_MAGIC`.
        package static let magicNumber: UInt32 = 0x02ab_1eaf
        /// Where the hash table begins.
        package static let headerSize = 48
        /// `ZAP_LEAF_CHUNKSIZE`.
        package static let chunkSize = 24
        /// Bytes of a name or value in one chunk (`ZAP_LEAF_ARRAY_BYTES`).
        package static let arraySize = 21
        /// Ends every chain (`CHAIN_END`).
        package static let chainEnd: UInt16 = 0xffff

        package static let type = Field<UInt64>("lh_block_type", at: 0)
        package static let padding1 = Field<UInt64>("lh_pad1", at: 8)
        package static let prefix = Field<UInt64>("lh_prefix", at: 16)
        package static let magic = Field<UInt32>("lh_magic", at: 24)
        package static let freeCount = Field<UInt16>("lh_nfree", at: 28)
        package static let entryCount = Field<UInt16>("lh_nentries", at: 30)
        package static let prefixLength = Field<UInt16>("lh_prefix_len", at: 32)
        package static let freeList = Field<UInt16>("lh_freelist", at: 34)
        package static let flags = Field<UInt8>("lh_flags", at: 36)
        package static let padding2 = AnyField("lh_pad2", 37..<48)

        package static let fields = [
            AnyField(type), AnyField(padding1), AnyField(prefix), AnyField(magic),
            AnyField(freeCount), AnyField(entryCount), AnyField(prefixLength),
            AnyField(freeList), AnyField(flags), padding2,
        ]

        /// Fields of a chunk, from its own start.
        package enum Chunk {
            /// `ZAP_CHUNK_FREE`, `ZAP_CHUNK_ENTRY`, `ZAP_CHUNK_ARRAY`.
            package static let free: UInt8 = 253
            package static let entry: UInt8 = 252
            package static let array: UInt8 = 251

            package static let type = Field<UInt8>("le_type", at: 0)
            package static let integerSize = Field<UInt8>("le_value_intlen", at: 1)
            package static let next = Field<UInt16>("le_next", at: 2)
            package static let nameChunk = Field<UInt16>("le_name_chunk", at: 4)
            package static let nameCount = Field<UInt16>("le_name_numints", at: 6)
            package static let valueChunk = Field<UInt16>("le_value_chunk", at: 8)
            package static let valueCount = Field<UInt16>("le_value_numints", at: 10)
            package static let collision = Field<UInt32>("le_cd", at: 12)
            package static let hash = Field<UInt64>("le_hash", at: 16)
            /// `la_array`, where the chunk holds part of a name or value.
            package static let arrayBytes = AnyField("la_array", 1..<22)
            /// `la_next`, and `lf_next` of a free chunk.
            package static let arrayNext = Field<UInt16>("la_next", at: 22)

            package static let fields = [
                AnyField(type), AnyField(integerSize), AnyField(next), AnyField(nameChunk),
                AnyField(nameCount), AnyField(valueChunk), AnyField(valueCount),
                AnyField(collision), AnyField(hash), arrayBytes, AnyField(arrayNext),
            ]
        }
    }
}
