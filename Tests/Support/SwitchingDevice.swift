package import Devices
import Synchronization

/// A device that turns into another one while it is in use, as the devices of an imported pool do.
package final class SwitchingDevice: BlockDevice {
    private let states: [any BlockDevice]
    private let index = Atomic<Int>(0)
    private let readsLeft: Atomic<Int>

    /// Begins as the first of `states`; turns into the next one after so many reads, or when it is told to.
    package init(_ states: [any BlockDevice], afterReads reads: Int = .max) {
        self.states = states
        readsLeft = Atomic(reads)
    }

    package var name: String { states[0].name }
    package var byteCount: UInt64 { states[0].byteCount }

    /// Turns into the next state; stays the last one.
    package func turn() {
        let place = index.load(ordering: .sequentiallyConsistent)
        if place < states.count - 1 { index.store(place + 1, ordering: .sequentiallyConsistent) }
    }

    /// Turns after so many reads more.
    package func turn(afterReads reads: Int) { readsLeft.store(reads, ordering: .relaxed) }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        if readsLeft.wrappingSubtract(1, ordering: .relaxed).newValue == 0 { turn() }
        try states[index.load(ordering: .sequentiallyConsistent)].read(at: offset, into: &buffer)
    }
}
