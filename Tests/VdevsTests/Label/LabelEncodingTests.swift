import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

@Suite struct LabelEncodingTests {
    @Test(arguments: ["basic", "be-native", "draid2", "removal", "classes", "stripe", "v28"])
    func `configurations come back as they are on disk`(pool: String) throws {
        for path in try TestPool.named(pool).devicePaths() {
            let device = try FileDevice(path: path)
            for label in LabelSet(device).labels {
                guard case .list(let decoding) = label.config.contents else {
                    Issue.record("\(path): label \(label.index) has no list")
                    continue
                }
                let range = LabelPart.config.range
                let stored = try device.read(
                    at: label.offset + UInt64(range.lowerBound), count: range.count)
                let part = try Label.configPart(
                    decoding.list, labelOffset: label.offset, decoding.order)
                #expect(part == stored, "\(path): label \(label.index)")
            }
        }
    }

    @Test(arguments: ["basic", "be-disk", "multihost", "expanding"])
    func `uberblocks come back as they are on disk`(pool: String) throws {
        let folder = try TestPool.named(pool).unpack()
        let device = try FileDevice(path: "\(folder)/d0")
        let ring = try #require(try Label.read(device, index: 0, at: 0)).ring
        for slot in ring.slots {
            guard let uberblock = slot.validUberblock else { continue }
            let stored = try device.read(at: slot.offset, count: 1 << ring.slotShift)
            let encoded = try Label.slot(
                uberblock, slotShift: ring.slotShift, at: slot.offset)
            #expect(encoded == stored, "slot \(slot.index)")
        }
    }

    @Test func `a configuration that does not fit is refused`() {
        let list: NVList = ["a": .byteArray([UInt8](repeating: 1, count: 112 << 10))]
        #expect(throws: FormatError.self) {
            try Label.configPart(list, labelOffset: 0, .little)
        }
    }

    @Test func `a damaged configuration is refused`() {
        let list: NVList = ["a": .unreadable(.uint64, [1, 2])]
        #expect(throws: FormatError.self) {
            try Label.configPart(list, labelOffset: 0, .little)
        }
    }
}
