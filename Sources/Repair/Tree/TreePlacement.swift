import Vdevs

/// A block of a draft by the way that leads to it.
struct TreePlacement: Sendable, Hashable {
    /// The MOS, or the dataset with this object in the MOS.
    let set: UInt64
    /// 0 is the meta dnode.
    let object: UInt64
    /// -1 for the block that the object set begins with.
    let level: Int
    let index: UInt64
}
