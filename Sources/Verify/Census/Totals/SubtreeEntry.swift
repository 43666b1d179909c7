/// What the walk keeps of one block of pointers: what the blocks that it names take, and which of them have more below.
///
/// 72 bytes for a block of up to a thousand pointers, and 8 for each block of pointers that it names; nothing for a block
/// of data.
struct SubtreeEntry: Sendable {
    let key: UInt64
    /// What the named blocks take themselves; with all that is below them once it is resolved.
    var total = SubtreeTotal()
    /// What is charged for those of them that belong to the block's own object.
    var ownCharged: UInt64 = 0
    /// Blocks of level 0 below that are no holes, of the block's own object; in blocks of dnodes, dnodes in use.
    var fill: UInt64 = 0
    /// The highest index of a block of level 0 below, of the block's own object.
    var lastIndex: UInt64 = 0
    /// Where the keys of named blocks of pointers begin among all such keys.
    var childStart: UInt32 = 0
    var childCount: UInt32 = 0
    var state = State.recorded
    /// How many of the keys, from the first on, are of blocks whose fill counts here: those of an indirect block, and in
    /// an object set those of the meta dnode.
    var fillingChildCount: UInt32 = 0
    /// Whether it holds pointers to blocks of its own object.
    let isIndirect: Bool

    enum State: UInt8, Sendable {
        /// As the walk left it.
        case recorded
        /// Its children are being looked at, so that meeting it again means a circle.
        case entered
        case resolved
        /// Something below is unknown.
        case incomplete
    }
}
