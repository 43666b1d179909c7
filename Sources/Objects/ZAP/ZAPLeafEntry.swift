/// An entry chunk of a leaf: the hash, and where its name and value begin.
///
/// Mirrors `struct zap_leaf_entry` (`include/sys/zap_leaf.h`).
struct ZAPLeafEntry {
    let chunk: Int
    /// Bytes of each integer of the value.
    let integerSize: UInt8
    /// The next entry of the same bucket.
    let next: UInt16
    let nameChunk: UInt16
    /// Integers of the key: bytes with the NUL, or words.
    let nameCount: UInt16
    let valueChunk: UInt16
    let valueCount: UInt16
    let collision: UInt32
    let hash: UInt64

    /// How many chunks it takes with its name and its value.
    func chunkCount(_ flags: ZAPFlags) -> Int {
        let size = ZAPLeaf.Layout.arraySize
        let nameSize = Int(nameCount) * (flags.contains(.wordKeys) ? 8 : 1)
        let valueSize = Int(valueCount) * Int(integerSize)
        return 1 + (nameSize + size - 1) / size + (valueSize + size - 1) / size
    }
}
