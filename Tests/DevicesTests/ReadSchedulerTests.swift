import Bytes
import Devices
import Synchronization
import TestSupport
import Testing

@Suite struct ReadSchedulerTests {
    @Test("delivers each request's own bytes, each once", arguments: [1, 3], [1, 8])
    func delivers(deviceCount: Int, depth: Int) {
        var random = Seed.generator()
        let devices = (0..<deviceCount).map { index in
            MemoryDevice(
                name: "disk\(index)",
                (0..<1 << 20).map { UInt8(truncatingIfNeeded: ($0 >> 9) &+ index &* 77) })
        }
        let journal = Journal(devices)
        var limits = ReadScheduler.Limits()
        limits.depth = depth
        limits.pending = 500
        limits.mergedByteCount = 64 << 10
        let scheduler = ReadScheduler(devices, journal, limits)
        for tag in 0..<3000 {
            let offset = UInt64.random(in: 0..<(1 << 20) - 4096, using: &random)
            let count = UInt32.random(in: 1...4096, using: &random)
            let request = ReadRequest(at: offset, count: count, tag: UInt64(tag))
            scheduler.add([request], device: tag % deviceCount)
        }
        scheduler.finish()
        #expect(journal.received.sorted() == Array(0..<3000))
        #expect(journal.wrong.isEmpty)
        #expect(journal.failures.isEmpty)
    }

    @Test func `reads neighbours at once and forwards`() {
        let counting = CountingDevice(MemoryDevice(byteCount: 8 << 20))
        let journal = Journal([MemoryDevice(byteCount: 8 << 20)])
        var limits = ReadScheduler.Limits()
        limits.depth = 1
        let scheduler = ReadScheduler([counting], journal, limits)
        let requests = (0..<1024).map {
            ReadRequest(at: UInt64($0) * 8192, count: 4096, tag: UInt64($0))
        }
        scheduler.add(requests.shuffled(), device: 0)
        scheduler.finish()
        #expect(journal.received.count == 1024)
        #expect(counting.offsets == (0..<8).map { $0 << 20 })
    }

    @Test func `a bad sector costs only the request it is in`() {
        let bad = BadSectorDevice(MemoryDevice(byteCount: 1 << 20), at: 300_000)
        let journal = Journal([bad])
        let scheduler = ReadScheduler([bad], journal)
        let requests = (0..<256).map {
            ReadRequest(at: UInt64($0) * 4096, count: 4096, tag: UInt64($0))
        }
        scheduler.add(requests, device: 0)
        scheduler.finish()
        #expect(journal.failures.map(\.offset) == [300_000 / 4096 * 4096])
        #expect(journal.failures.map(\.reason) == [.system(5)])
        #expect(journal.received.count == 255)
    }

    @Test func `a request outside the device fails alone`() {
        let device = MemoryDevice(byteCount: 8192)
        let journal = Journal([device])
        let scheduler = ReadScheduler([device], journal)
        scheduler.add(
            [
                ReadRequest(at: 0, count: 4096, tag: 0), ReadRequest(at: 8000, count: 4096, tag: 1),
                ReadRequest(at: .max - 5, count: 4096, tag: 2),
                ReadRequest(at: 4096, count: .max, tag: 3),
            ], device: 0)
        scheduler.finish()
        #expect(journal.received == [0])
        #expect(journal.failures.count == 3)
    }

    @Test func `what waits is read when it is asked for`() {
        let device = MemoryDevice(byteCount: 1 << 20)
        let journal = Journal([device])
        let scheduler = ReadScheduler([device], journal)
        scheduler.add([ReadRequest(at: 512, count: 512, tag: 9)], device: 0)
        scheduler.flush()
        #expect(journal.waitForOne(seconds: 20))
        scheduler.finish()
        #expect(journal.received == [9])
    }

    @Test func `what is cancelled is not read`() {
        let device = CountingDevice(MemoryDevice(byteCount: 1 << 20))
        let scheduler = ReadScheduler([device], Journal([device]))
        scheduler.add([ReadRequest(at: 0, count: 512, tag: 0)], device: 0)
        scheduler.cancel()
        #expect(device.offsets.isEmpty)
    }

    @Test func `a device that hangs fails its requests and keeps nobody`() {
        let stuck = StuckDevice()
        let device = TimedDevice(stuck, seconds: 0.05)
        let journal = Journal([device])
        let scheduler = ReadScheduler([device], journal)
        let requests = (0..<64).map {
            ReadRequest(at: UInt64($0) * 16_384, count: 512, tag: UInt64($0))
        }
        scheduler.add(requests, device: 0)
        scheduler.finish()
        #expect(journal.failures.count == 64)
        stuck.release()
    }

    @Test func `many threads share few bytes of buffers`() {
        var limits = ReadScheduler.Limits()
        limits.depth = 16
        limits.buffers = 8 << 20
        let devices = (0..<4).map { _ in MemoryDevice(byteCount: 1 << 20) }
        let scheduler = ReadScheduler(devices, Journal(devices), limits)
        #expect(scheduler.workerCount == 8)
        scheduler.finish()
    }
}

/// Keeps what was delivered and compares it with the devices.
private final class Journal: ReadReceiver {
    private let devices: [any BlockDevice]
    private let state = Monitor(State())

    private struct State {
        var received: [UInt64] = []
        var wrong: [UInt64] = []
        var failures: [DeviceError] = []
    }

    init(_ devices: [any BlockDevice]) { self.devices = devices }

    var received: [UInt64] { state.wait { $0.received } }
    var wrong: [UInt64] { state.wait { $0.wrong } }
    var failures: [DeviceError] { state.wait { $0.failures } }

    func waitForOne(seconds: Double) -> Bool {
        state.wait(until: Deadline(secondsFromNow: seconds)) { $0.received.isEmpty ? nil : true }
            ?? false
    }

    func receive(_ bytes: RawSpan, _ request: ReadRequest, device: Int, worker: Int) {
        let expected = try? devices[device].read(at: request.offset, count: Int(request.count))
        let isRight = expected.map { $0 == bytes.array } ?? false
        state.update { state in
            state.received.append(request.tag)
            if !isRight { state.wrong.append(request.tag) }
        }
    }

    func fail(_ error: DeviceError, _ request: ReadRequest, device: Int, worker: Int) {
        state.update { $0.failures.append(error) }
    }
}

/// Keeps the offsets at which a device was read.
private final class CountingDevice: BlockDevice {
    private let base: any BlockDevice
    private let reads = Mutex<[UInt64]>([])

    init(_ base: any BlockDevice) { self.base = base }

    var name: String { base.name }
    var byteCount: UInt64 { base.byteCount }
    var offsets: [UInt64] { reads.withLock { $0 } }

    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        reads.withLock { $0.append(offset) }
        try base.read(at: offset, into: &buffer)
    }
}

/// Fails every read that takes in one byte.
private struct BadSectorDevice: BlockDevice {
    private let base: any BlockDevice
    private let place: UInt64

    init(_ base: any BlockDevice, at place: UInt64) {
        self.base = base
        self.place = place
    }

    var name: String { base.name }
    var byteCount: UInt64 { base.byteCount }

    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        if place >= offset, place - offset < UInt64(count) {
            throw DeviceError(device: name, offset: offset, count: count, .system(5))
        }
        try base.read(at: offset, into: &buffer)
    }
}
