import Bytes
import Objects

/// What an object with indirect blocks says of its tree, kept until all trees are known.
struct TreeObject: Sendable {
    let objectSet: UInt64
    let object: UInt64
    /// `dn_used`, in bytes.
    let used: UInt64
    /// `dn_maxblkid`.
    let maximumBlockID: UInt64
    /// What is charged for the blocks that the dnode itself names.
    var charged: UInt64 = 0
    /// The keys of the blocks of pointers that it names, up to three.
    var keys: (UInt64?, UInt64?, UInt64?) = (nil, nil, nil)
    /// One of its pointers has no place, so that nothing is known of the tree.
    var isIncomplete = false

    /// What the tree is charged and its highest block; nil where something below is unknown.
    func measured(_ totals: SubtreeTotals) -> (charged: UInt64, lastIndex: UInt64)? {
        guard !isIncomplete else { return nil }
        var measured = (charged: charged, lastIndex: UInt64(0))
        for key in [keys.0, keys.1, keys.2] {
            guard let key else { continue }
            guard let entry = totals.entry(key) else { return nil }
            measured.charged &+= entry.ownCharged
            measured.lastIndex = max(measured.lastIndex, entry.lastIndex)
        }
        return measured
    }
}
