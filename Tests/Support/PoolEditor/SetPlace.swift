/// Which object set of a pool is edited.
package enum SetPlace: Sendable, Hashable {
    /// The MOS.
    case meta
    /// That of the dataset with this object in the MOS.
    case dataset(UInt64)
}
