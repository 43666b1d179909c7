/// A visitor that also takes space which no block pointer owns.
package protocol SpaceClaimant: CensusVisitor, ~Copyable {
    /// A run of a vdev, in bytes from the start of its allocatable space, that something other than a block pointer owns.
    mutating func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin)
}
