/// Something in a ZAP that is not as it must be; the rest of the ZAP was read all the same.
package struct ZAPProblem: Sendable, Hashable {
    package let kind: Kind
    /// The index of the object's block it was found in.
    package let block: UInt64
    /// The slot of a micro ZAP, the chunk of a leaf or the slot of the pointer table, where it is about one.
    package let chunk: Int?
    /// Where in that block, in bytes.
    package let byteOffset: Int
    /// A sentence without a full stop.
    package let what: String
    /// The number found and the one that would be right, where it is about a number.
    package let stored: UInt64?
    package let actual: UInt64?
    /// The name of the entry that it is about, where that is known.
    package let name: String?

    /// What is wrong; the raw values are stable names.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A block can't be read.
        case unreadable
        case header
        case pointerTable = "ptrtbl-bad"
        case leafHeader = "leaf-header-bad"
        case leafPrefix = "leaf-prefix-bad"
        case unreferencedLeaf = "leaf-unreferenced"
        /// The pointer table leads to a block that is a hole.
        case missingLeaf = "leaf-missing"
        /// There is a block past the end that the header gives.
        case blockPastEnd = "block-past-end"
        /// A chain comes back to a chunk that is already used.
        case chainLoop = "chain-loop"
        /// A chain leaves the leaf or meets a chunk of another kind.
        case chainBroken = "chain-broken"
        /// An entry stands in no chain, so that the kernel does not find it.
        case lostEntry = "entry-lost"
        case badEntry = "entry-bad"
        case wrongHash = "hash-mismatch"
        case wrongBucket = "bucket-mismatch"
        case unterminatedName = "name-unterminated"
        case duplicateName = "duplicate-name"
        /// Two entries of the same hash have the same collision number, so that a cursor takes them for one.
        case duplicateCollision = "cd-duplicate"
        /// A chain that says it is sorted by collision number is not.
        case collisionOrder = "cd-order"
        case leafCount = "leaf-count-mismatch"
        case entryCount = "num-entries-mismatch"
        case freeList = "freelist-bad"
        case padding = "padding-not-zero"
        /// There were more problems than are kept.
        case more
    }

    init(
        _ kind: Kind, block: UInt64, chunk: Int? = nil, at byteOffset: Int, _ what: String,
        stored: UInt64? = nil, actual: UInt64? = nil, name: String? = nil
    ) {
        self.kind = kind
        self.block = block
        self.chunk = chunk
        self.byteOffset = byteOffset
        self.what = what
        self.stored = stored
        self.actual = actual
        self.name = name
    }
}
