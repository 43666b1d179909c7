package import Bytes

/// A configuration of the pool that stands in for the one that the object directory should lead to.
package struct FoundConfig: Sendable, Hashable {
    package let place: Place
    package let config: PoolConfig

    /// Where it was found.
    package enum Place: Sendable, Hashable {
        /// In the configuration itself, its tree of vdevs under a damaged name.
        case renamed
        /// In an object of the MOS that nothing leads to.
        case object(UInt64)
        /// In the state of an older uberblock.
        case state(TransactionGroup)
    }
}
