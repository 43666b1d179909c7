import Bytes
import Codecs
import Devices
import TestSupport
import Testing
import Vdevs

/// Labels as damage leaves them.
@Suite struct LabelDamageTests {
    /// The four labels of a pool of one device, to be damaged, on a device with nothing in between.
    private struct Patient {
        var labels: [[UInt8]]
        let offsets: [UInt64]
        let byteCount: UInt64

        init() throws {
            let folder = try TestPool.named("basic").unpack()
            let device = try FileDevice(path: "\(folder)/d0")
            byteCount = device.byteCount
            offsets = (0..<4).compactMap {
                LabelPart.labelOffset($0, deviceSize: device.byteCount)
            }
            labels = []
            for offset in offsets {
                labels.append(try device.read(at: offset, count: LabelPart.labelSize))
            }
        }

        var device: MemoryDevice {
            MemoryDevice(
                byteCount: byteCount,
                pieces: Dictionary(uniqueKeysWithValues: zip(offsets, labels)))
        }

        var set: LabelSet { LabelSet(device) }

        /// Changes the configuration of a label and gives it a right checksum again.
        mutating func edit(_ label: Int, _ change: (inout [UInt8]) throws -> Void) throws {
            let range = LabelPart.config.range
            var part = Array(labels[label][range])
            try change(&part)
            let place = offsets[label] + UInt64(range.lowerBound)
            try EmbeddedChecksum.seal(
                &part, .label, verifier: EmbeddedChecksum.labelVerifier(offset: place), .little)
            labels[label].replaceSubrange(range, with: part)
        }

        mutating func rewrite(_ label: Int, _ change: (inout NVList) -> Void) throws {
            try edit(label) { part in
                var list = try NVList.decode(part.rawBytes).list
                change(&list)
                let packed = try list.encodedXDR(order: .little)
                part.replaceSubrange(0..<packed.count, with: packed)
            }
        }
    }

    private static func place(of text: String, in bytes: [UInt8]) throws -> Int {
        let wanted = Array(text.utf8)
        return try #require(bytes.indices.first { bytes[$0...].starts(with: wanted) })
    }

    @Test func `a NUL in the pool's name costs nothing but the name`() throws {
        var patient = try Patient()
        var offset = 0
        try patient.edit(0) { part in
            offset = try Self.place(of: "basic", in: part) + 2
            part[offset] = 0
        }
        let set = patient.set
        let damaged = try #require(set.outcomes[0].label)
        #expect(damaged.config.checksum.isValid)
        #expect(
            damaged.config.findings == [
                NVFinding(byteOffset: offset, path: "name", what: .embeddedNUL)
            ])
        #expect(!damaged.config.isSound)
        #expect(set.best?.index == 1)
        #expect(set.identity?.name == "basic")
        #expect(set.differences.map(\.path) == ["name"])
        #expect(set.differences.first?.found == .string(NVString(bytes: Array("ba\0ic".utf8))))
    }

    @Test func `labels of another pool are outvoted by the sum of GUIDs`() throws {
        var patient = try Patient()
        for label in 0...1 {
            try patient.rewrite(label) { list in
                for index in list.pairs.indices {
                    switch list.pairs[index].name {
                    case "name": list.pairs[index].value = .string("other")
                    case "pool_guid": list.pairs[index].value = .uint64(77)
                    case "txg": list.pairs[index].value = .uint64(5000)
                    default: break
                    }
                }
            }
        }
        let set = patient.set
        #expect(set.labels.allSatisfy { $0.config.isSound })
        #expect(set.best?.index == 2)
        #expect(set.differences.map(\.label) == [0, 0, 1, 1])
        #expect(set.differences.map(\.path) == ["name", "pool_guid", "name", "pool_guid"])
        #expect(set.txgs.map { $0?.rawValue } == [5000, 5000, 90, 90])
    }

    @Test func `one label is enough`() throws {
        var patient = try Patient()
        for label in 0...2 {
            patient.labels[label] = [UInt8](repeating: 0, count: LabelPart.labelSize)
        }
        let set = patient.set
        #expect(set.labels.map(\.isEmpty) == [true, true, true, false])
        #expect(set.best?.index == 3)
        #expect(set.identity?.name == "basic")
        #expect(set.bestUberblock()?.txg.rawValue == 90)
        #expect(set.slotDifferences.isEmpty)
    }

    @Test func `a wrong checksum is told and the label is believed last`() throws {
        var patient = try Patient()
        patient.labels[0][LabelPart.config.range.upperBound - 1] ^= 1
        let set = patient.set
        guard case .invalid = try #require(set.outcomes[0].label).config.checksum else {
            Issue.record("the checksum passed")
            return
        }
        #expect(set.best?.index == 1)
        #expect(set.differences.isEmpty)
    }

    @Test func `a label at another place does not pass`() throws {
        var patient = try Patient()
        patient.labels[1] = patient.labels[0]
        let label = try #require(patient.set.outcomes[1].label)
        #expect(!label.config.checksum.isValid)
        #expect(label.ring.best() == nil)
    }

    @Test func `an uberblock that one label lacks is a difference of that slot`() throws {
        var patient = try Patient()
        let slot = LabelPart.uberblockRing.range.lowerBound + 90 * 1024
        patient.labels[2][slot + 16] ^= 1
        let difference = try #require(patient.set.slotDifferences.first)
        #expect(patient.set.slotDifferences.count == 1)
        #expect(difference.slot == 90)
        #expect(difference.txgs.map { $0?.rawValue } == [90, 90, nil, 90])
    }

    @Test func `labels left behind when the device grew are listed apart`() throws {
        let patient = try Patient()
        let grown = MemoryDevice(
            byteCount: patient.byteCount + (8 << 20),
            pieces: Dictionary(uniqueKeysWithValues: zip(patient.offsets, patient.labels)))
        let set = LabelSet(grown)
        #expect(set.labels.map(\.isEmpty) == [false, false, true, true])
        #expect(set.former.map(\.index) == [2, 3])
        #expect(set.former.map(\.offset) == Array(patient.offsets[2...]))
        #expect(set.best?.index == 0)
    }

    @Test(arguments: [0, 1, 100_000, 262_144, 300_000, 524_288, 1 << 20, 5 << 20, 60 << 20])
    func `a device cut short gives the labels it has`(count: UInt64) throws {
        let whole = try Patient().device
        let set = LabelSet(HostileDevice(whole, .truncated(to: count)))
        #expect(set.outcomes.count == 4)
        #expect((set.best == nil) == (count < 262_144))
        _ = set.record
    }

    @Test(arguments: [
        HostileDevice.Behaviour.failing, .failingOnce(0), .failingOnce(3), .short, .zeroed,
        .changing,
    ])
    func `a device that misbehaves has outcomes`(behaviour: HostileDevice.Behaviour) throws {
        let set = LabelSet(HostileDevice(try Patient().device, behaviour))
        #expect(set.outcomes.count == 4)
        switch behaviour {
        case .failing, .short: #expect(set.labels.isEmpty)
        case .failingOnce: #expect(set.labels.count == 3 && set.identity?.name == "basic")
        case .zeroed: #expect(set.isBlank)
        default: break
        }
        _ = set.record
    }

    @Test func `random labels are no labels`() throws {
        var patient = try Patient()
        var generator = Seed.generator(for: [1])
        for label in 0..<4 {
            for offset in patient.labels[label].indices {
                patient.labels[label][offset] = generator.next()
            }
        }
        let set = patient.set
        #expect(set.bestUberblock() == nil)
        #expect(set.labels.allSatisfy { !$0.config.checksum.isValid })
        _ = set.record
    }
}
