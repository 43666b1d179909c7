import Vdevs

/// An indirect block whose pointer's fill is not the sum of those in it: one of them is wrong.
struct FillSuspect: Sendable {
    let pointer: BlockPointer
    let place: BlockPlace
    /// The sum of what the pointers in it say.
    let sum: UInt64
}
