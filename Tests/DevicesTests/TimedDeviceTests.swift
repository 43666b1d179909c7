import Bytes
import Devices
import TestSupport
import Testing

@Suite struct TimedDeviceTests {
    @Test func `reads what the device below holds`() throws {
        let bytes = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
        let device = TimedDevice(MemoryDevice(bytes), seconds: 10)
        #expect(device.byteCount == 70_000)
        for (offset, count) in [(0, 70_000), (1, 1), (4097, 12_345), (70_000, 0)] {
            let read = try device.read(at: UInt64(offset), count: count)
            #expect(read == Array(bytes[offset..<offset + count]))
        }
    }

    @Test func `passes on the errors of the device below`() throws {
        let below = HostileDevice(MemoryDevice([UInt8](repeating: 7, count: 4096)), .failingOnce(1))
        let device = TimedDevice(below, seconds: 10)
        #expect(try device.read(at: 0, count: 512).count == 512)
        let error = #expect(throws: DeviceError.self) { try device.read(at: 512, count: 512) }
        #expect(error?.reason == .system(5))
        #expect(error?.offset == 512)
        #expect(try device.read(at: 512, count: 512).count == 512)
        #expect(!device.isHung)
    }

    @Test func `gives up a read that does not come back, and the device with it`() {
        let below = StuckDevice()
        let device = TimedDevice(below, seconds: 0.05)
        let clock = ContinuousClock()
        let first = clock.measure {
            let error = #expect(throws: DeviceError.self) { try device.read(at: 0, count: 512) }
            #expect(error?.reason == .timedOut(seconds: 0.05))
            #expect(
                error?.description
                    == "stuck cannot be read at byte 0 (512 bytes): nothing came within 0.1 s "
                    + "(--io-timeout sets the limit)")
        }
        #expect(first < .seconds(5))
        #expect(device.isHung)
        let later = clock.measure {
            for _ in 0..<100 {
                let error = #expect(throws: DeviceError.self) { try device.read(at: 0, count: 512) }
                #expect(error?.reason == .hung)
            }
        }
        #expect(later < .seconds(5))
        #expect(below.reads == 1)
        below.release()
    }

    @Test func `loses no more than its few threads to a device that hangs`() {
        let below = StuckDevice()
        let device = TimedDevice(below, seconds: 0.2)
        WorkerPool(threadCount: 40).forEach(below: 40) { _ in
            let error = #expect(throws: DeviceError.self) { try device.read(at: 0, count: 512) }
            #expect(error?.offset == 0)
        }
        #expect(below.reads <= TimedDevice.maximumReads)
        below.release()
    }

    @Test func `a read that comes back late leaves the caller's memory alone`() throws {
        let below = StuckDevice()
        let device = TimedDevice(below, seconds: 0.02)
        var bytes = [UInt8](repeating: 1, count: 4096)
        #expect(throws: DeviceError.self) {
            var span = bytes.mutableSpan
            var raw = unsafe span.mutableBytes
            try device.read(at: 0, into: &raw)
        }
        below.release()
        // Long enough for the late read to come back and write, if it would.
        try WorkerPoolTests.pause(seconds: 0.05)
        #expect(bytes.allSatisfy { $0 == 1 })
    }

    @Test func `many threads read at once and each gets its own bytes`() {
        let bytes = (0..<1 << 16).map { UInt8(truncatingIfNeeded: $0 >> 8) }
        let device = TimedDevice(MemoryDevice(bytes), seconds: 30)
        let good = WorkerPool(threadCount: 16).map(below: 256) { index in
            let read = try? device.read(at: UInt64(index * 256), count: 256)
            return read?.allSatisfy { $0 == UInt8(index) } ?? false
        }
        #expect(good.allSatisfy { $0 })
    }
}
