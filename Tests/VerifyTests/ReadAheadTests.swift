import Bytes
import Devices
import Synchronization
import Testing
import Vdevs

@testable import Verify

@Suite struct ReadAheadTests {
    /// Keeps what it is told and holds nothing.
    private final class Listener: BlockDevice {
        let name = "listener"
        let byteCount: UInt64 = 1 << 40
        let told = Mutex<[Range<UInt64>]>([])

        func willRead(_ range: Range<UInt64>) { told.withLock { $0.append(range) } }

        func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
            throw DeviceError(device: name, .hung)
        }
    }

    private static let kibibyte: UInt64 = 1024

    /// A pointer to `count` stored bytes at `offset` of vdev 0.
    private static func pointer(at offset: UInt64, count: UInt64) -> BlockPointer {
        let address = DVA(vdev: 0, offset: offset, allocatedSize: count)
        var pointer = BlockPointer.hole
        pointer.words[0] = address.word0
        pointer.words[1] = address.word1
        pointer.words[6] = (count / 512 - 1) << 16
        return pointer
    }

    @Test func `neighbours become runs of one mebibyte at most`() {
        let listener = Listener()
        let leaf = VdevNode(.disk, guid: GUID(7), ashift: 12)
        let tree = VdevTree(
            root: VdevNode(.root, guid: GUID(1), children: [leaf]), devices: [GUID(7): listener])
        var ahead = ReadAhead(tree)
        // Ten blocks side by side, one behind a small gap, one far away.
        for index in 0..<10 as Range<UInt64> {
            ahead.announce(Self.pointer(at: index * 128 * Self.kibibyte, count: 1 << 17))
        }
        ahead.announce(Self.pointer(at: 1296 * Self.kibibyte, count: 1 << 12))
        ahead.announce(Self.pointer(at: 1 << 30, count: 1 << 12))
        ahead.finish()
        let start: UInt64 = 4096 * Self.kibibyte
        let far: UInt64 = start + 1 << 30
        let expected: [Range<UInt64>] = [
            start..<start + 1024 * Self.kibibyte,
            start + 1024 * Self.kibibyte..<start + 1300 * Self.kibibyte,
            far..<far + 4096,
        ]
        #expect(listener.told.withLock { $0 } == expected)
    }

    @Test func `a part of a device announces its own place`() throws {
        let listener = Listener()
        let part = try SlicedDevice(listener, 1 << 20..<3 << 20, name: "part")
        part.willRead(1 << 19..<1 << 40)
        let expected: [Range<UInt64>] = [1536 * Self.kibibyte..<3072 * Self.kibibyte]
        #expect(listener.told.withLock { $0 } == expected)
    }
}
