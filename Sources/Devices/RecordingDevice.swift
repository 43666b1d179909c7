import Bytes
import Synchronization

/// A device that remembers which of its bytes were read.
///
/// Whoever reads a pool through it finds out what of the devices was needed for that.
package final class RecordingDevice: BlockDevice {
    /// So many reads are kept apart before they are sorted and joined.
    private static let limit = 1 << 18

    private struct Reads {
        var sorted: [Range<UInt64>] = []
        var recent: [Range<UInt64>] = []

        mutating func settle() {
            sorted = RecordingDevice.joined(sorted + recent)
            recent = []
        }
    }

    private let base: any BlockDevice
    private let reads = Mutex(Reads())

    package init(_ base: any BlockDevice) { self.base = base }

    package var name: String { base.name }
    package var byteCount: UInt64 { base.byteCount }

    package func willRead(_ range: Range<UInt64>) { base.willRead(range) }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = UInt64(buffer.byteCount)
        try base.read(at: offset, into: &buffer)
        // Sound: what could be read ends within the device.
        let range = offset..<offset + count
        reads.withLock { reads in
            reads.recent.append(range)
            if reads.recent.count >= Self.limit { reads.settle() }
        }
    }

    /// What was read so far, in order, none overlapping or touching another.
    package var ranges: [Range<UInt64>] {
        reads.withLock { reads in
            reads.settle()
            return reads.sorted
        }
    }

    /// The same ranges in order, those that overlap or touch made one.
    package static func joined(_ ranges: [Range<UInt64>]) -> [Range<UInt64>] {
        var joined: [Range<UInt64>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = joined.last, last.upperBound >= range.lowerBound {
                joined[joined.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
