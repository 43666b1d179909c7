package import Bytes

/// Knows whether the pool on the devices has moved on since it was opened, as one does that is imported
/// meanwhile.
package protocol ChangeWatch: AnyObject, Sendable {
    /// The txg that the pool has come to; nil while it stands where it stood.
    func movedOn() -> TransactionGroup?
}
