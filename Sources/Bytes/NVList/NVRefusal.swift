/// Why OpenZFS would not unpack a list.
package struct NVRefusal: Error, Hashable, Sendable {
    /// What `nvlist_unpack` returns, by name: `EFAULT`.
    package let errorName: String
    /// In bytes from the start of the packed list.
    package let byteOffset: Int
    /// The pair, as `vdev_tree.children[2].path`; empty for the list itself.
    package let path: String
    /// What it stumbles over, without a full stop.
    package let why: String
}

extension NVRefusal {
    package var record: Record {
        Record([
            "error": .text(errorName), "byte": .offset(UInt64(max(0, byteOffset))),
            "why": .text(why),
        ])
    }
}
