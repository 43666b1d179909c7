import Devices
import TestSupport
import Testing

@Suite struct DeviceTests {
    private let disk = MemoryDevice(byteCount: 8 << 20, pieces: [0: [1, 2, 3], 5 << 20: [9, 9]])

    @Test func `memory between the pieces reads as zeros`() throws {
        #expect(try disk.read(at: 1, count: 4) == [2, 3, 0, 0])
        #expect(try disk.read(at: (5 << 20) - 1, count: 4) == [0, 9, 9, 0])
        #expect(throws: DeviceError.self) { try disk.read(at: 8 << 20, count: 1) }
    }

    @Test func `a lying device keeps its labels and spoils its data`() throws {
        let liar = HostileDevice(disk, .lying)
        #expect(try liar.read(at: 0, count: 3) == [1, 2, 3])
        #expect(try liar.read(at: 5 << 20, count: 2) != [9, 9])
        #expect(try liar.read(at: (8 << 20) - 512, count: 2) == [0, 0])
    }

    @Test func `a hostile device does what it was told`() throws {
        #expect(throws: DeviceError.self) {
            try HostileDevice(disk, .failing).read(at: 0, count: 1)
        }
        #expect(throws: DeviceError.self) { try HostileDevice(disk, .short).read(at: 0, count: 2) }
        #expect(HostileDevice(disk, .truncated(to: 77)).byteCount == 77)
        #expect(try HostileDevice(disk, .zeroed).read(at: 0, count: 2) == [0, 0])
        let changing = HostileDevice(disk, .changing)
        #expect(try changing.read(at: 0, count: 1) != changing.read(at: 0, count: 1))
        let once = HostileDevice(disk, .failingOnce(1))
        #expect(try once.read(at: 0, count: 1) == [1])
        #expect(throws: DeviceError.self) { try once.read(at: 0, count: 1) }
        #expect(try once.read(at: 0, count: 1) == [1])
    }
}
