package import Bytes

/// A cure of uberblock rings: it can say that uberblocks don't count.
package protocol RingCure: Cure {
    /// Groups whose uberblocks are taken out of the rings, so that the commit need not be newer than they are.
    var dropped: Set<TransactionGroup> { get }
}
