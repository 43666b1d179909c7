import Bytes
import Synchronization

/// A device that can be written without being changed: what is written is kept in memory, and read again from there.
package final class OverlayTarget: WritableTarget {
    private let base: any BlockDevice
    private let patches = Mutex<[Patch]>([])

    package init(_ base: any BlockDevice) { self.base = base }

    package var name: String { base.name }
    package var byteCount: UInt64 { base.byteCount }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let patches = patches.withLock { $0 }
        try Overlay(base, patches: patches).read(at: offset, into: &buffer)
    }

    package func write(_ bytes: RawSpan, at offset: UInt64) throws(DeviceError) {
        guard offset <= byteCount, UInt64(bytes.byteCount) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: bytes.byteCount,
                .pastEnd(available: byteCount))
        }
        let patch = Patch(at: offset, bytes.array)
        patches.withLock { $0.append(patch) }
    }

    package func flush() {}

    /// Everything written so far; later ones win.
    package var written: [Patch] { patches.withLock { $0 } }
}
