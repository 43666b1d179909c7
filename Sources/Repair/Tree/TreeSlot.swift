/// A place in an object's tree of blocks.
package struct TreeSlot: Sendable, Hashable {
    /// 0 for data.
    package let level: UInt8
    package let index: UInt64

    package init(level: UInt8, index: UInt64) {
        self.level = level
        self.index = index
    }
}
