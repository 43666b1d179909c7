package import Files

/// What a user wants out of a pool.
package struct ExtractRequest: Sendable, Hashable {
    /// A dataset, or a file or directory of one.
    package var item: PoolItem
    /// Everything below the dataset too.
    package var isRecursive = false
    /// All snapshots too.
    package var takesSnapshots = false

    /// As after the replay of the intent logs, which the contents are opened with.
    package var isReplayed = false

    package init(_ item: PoolItem, isRecursive: Bool = false, takesSnapshots: Bool = false) {
        self.item = item
        self.isRecursive = isRecursive
        self.takesSnapshots = takesSnapshots
    }
}

extension ExtractRequest: CustomStringConvertible {
    package var description: String {
        "\(item)" + (isRecursive ? " and all below" : "")
            + (takesSnapshots ? " with snapshots" : "")
            + (isReplayed ? " after replay" : "")
    }
}
