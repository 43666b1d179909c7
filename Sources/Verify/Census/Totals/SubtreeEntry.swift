/// What the walk keeps of one block of pointers: what the blocks that it names take, and which of them have more below.
///
/// 64 bytes for a block of up to a thousand pointers, and 8 for each block of pointers that it names; nothing for a block
/// of data.
struct SubtreeEntry: Sendable {
    let key: UInt64
    /// What the named blocks take themselves; with all that is below them once it is resolved.
    var total = SubtreeTotal()
    /// The highest index of a block of level 0 below, of the object that the block belongs to.
    var lastIndex: UInt64 = 0
    /// Where the keys of named blocks of pointers begin among all such keys.
    var childStart: UInt32 = 0
    var childCount: UInt32 = 0
    var state = State.recorded
    /// Whether it holds pointers to blocks of its own object, so that `lastIndex` counts those below them too.
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
