import Bytes
import Datasets
import Devices
import Extract
import Foundation
import TestSupport
import Testing

/// Images of devices: written, proved, put back, and refused where they are damaged.
@Suite struct ImageTests {
    private static let sizes = [3 << 20, 1 << 20]

    /// Two devices with some bytes, and an image of all of both.
    private func made(in folder: ScratchFolder) throws -> (path: String, devices: [[UInt8]]) {
        var random = Seed.generator()
        let devices = Self.sizes.map { size in
            var bytes = [UInt8](repeating: 0, count: size)
            for index in stride(from: 0, to: 700_000, by: 3) { bytes[index] = random.next() }
            bytes[size - 1] = 7
            return bytes
        }
        let path = "\(folder.path)/image"
        let header = ImageHeader(
            .whole, tool: "test", pool: "tank", guid: GUID(5), txg: TransactionGroup(9),
            created: 0,
            devices: devices.enumerated().map {
                ImageHeader.Device(guid: "\($0)", name: "disk\($0)", size: UInt64($1.count))
            })
        _ = try ImageCopier(ProgressMeter(), Interruption()).copy(
            devices.map { (MemoryDevice($0), [0..<UInt64($0.count)]) },
            to: try ImageFile(header, path: path))
        return (path, devices)
    }

    @Test func `what is restored is what was there`() throws {
        let folder = try ScratchFolder()
        let (path, devices) = try made(in: folder)
        let image = try PoolImage(try FileDevice(path: path))
        #expect(image.header.pool == "tank")
        var restored = Self.sizes.map { [UInt8](repeating: 0, count: $0) }
        try image.eachPiece(ProgressMeter()) { bytes, device, offset in
            restored[device].replaceSubrange(Int(offset)..<Int(offset) + bytes.count, with: bytes)
        }
        #expect(restored == devices)
        let copy = try RawCopy(image.header, folder: "\(folder.path)/raw")
        try image.eachPiece(ProgressMeter()) { (bytes, device, offset) throws(DeviceError) in
            try copy.write(bytes, device: device, at: offset)
        }
        try copy.finish()
        for (index, bytes) in devices.enumerated() {
            let path = "\(folder.path)/raw/disk\(index)"
            #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
        }
        // A folder with anything in it is never written to.
        #expect(throws: DeviceError.self) {
            _ = try RawCopy(image.header, folder: "\(folder.path)/raw")
        }
    }

    @Test func `an image that is cut short anywhere is refused`() throws {
        let folder = try ScratchFolder()
        let (path, _) = try made(in: folder)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let ends = Array(1..<200) + (1..<40).map { whole.count * $0 / 40 } + [whole.count - 1]
        for end in ends {
            #expect(throws: DeviceError.self, "\(end)") {
                try PoolImage(MemoryDevice([UInt8](whole[..<end]))).eachPiece(ProgressMeter()) {
                    _, _, _ in
                }
            }
        }
        #expect(throws: DeviceError.self) {
            try PoolImage(MemoryDevice(whole + [0])).eachPiece(ProgressMeter()) { _, _, _ in }
        }
    }

    @Test func `an image with any byte changed is refused`() throws {
        let folder = try ScratchFolder()
        let (path, _) = try made(in: folder)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        var random = Seed.generator()
        let places =
            Array(0..<150)
            + (0..<(Effort.isThorough ? 400 : 30)).map { _ in
                Int.random(in: 0..<whole.count, using: &random)
            }
        for place in places {
            var spoilt = whole
            spoilt[place] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: DeviceError.self, "\(place), seed \(Seed.current)") {
                try PoolImage(MemoryDevice(spoilt)).eachPiece(ProgressMeter()) { _, _, _ in }
            }
        }
    }

    @Test func `what a device does not give is left out and counted`() throws {
        let folder = try ScratchFolder()
        let bytes = [UInt8](repeating: 3, count: 1 << 20)
        let header = ImageHeader(
            .whole, tool: "test", pool: "tank", guid: GUID(5), txg: TransactionGroup(9),
            created: 0,
            devices: [ImageHeader.Device(guid: "1", name: "disk", size: UInt64(bytes.count))])
        let path = "\(folder.path)/image"
        let device = HoledDevice(MemoryDevice(bytes), hole: 300_000..<300_100)
        let outcome = try ImageCopier(ProgressMeter(), Interruption()).copy(
            [(device, [0..<UInt64(bytes.count)])], to: try ImageFile(header, path: path))
        #expect(outcome.unreadableCount == 4096)
        #expect(outcome.byteCount == UInt64(bytes.count) - 4096)
        #expect(throws: DeviceError.self) { _ = try ImageFile(header, path: path) }
    }

    @Test func `reads are remembered in order and joined`() throws {
        let device = RecordingDevice(MemoryDevice([UInt8](repeating: 1, count: 1000)))
        for start in [500, 0, 10, 505, 990] {
            _ = try device.read(at: UInt64(start), count: 10)
        }
        #expect(throws: DeviceError.self) { _ = try device.read(at: 995, count: 10) }
        #expect(device.ranges == [0..<20, 500..<515, 990..<1000])
    }
}
