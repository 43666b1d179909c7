import Bytes
import Devices
import TestSupport
import Testing
import Vdevs

/// What the labels of real pools say, against `zdb -l` and `zdb -u`.
@Suite struct LabelCorpusTests {
    @Test("all four labels are what zdb -l prints", arguments: CorpusPool.all(with: "labels"))
    func labels(pool: CorpusPool) throws {
        let sets = try CorpusDevices.labelSets(of: pool.archive)
        for (device, groups) in pool.facts["labels"].members {
            for group in groups.elements {
                let set = try #require(
                    sets.first { set in
                        device.isEmpty
                            ? set.identity?.guid?.rawValue == group["config"]["guid"].unsigned
                            : set.deviceName.hasSuffix("/\(device)")
                    })
                for number in group["labels"].elements.compactMap(\.signed) {
                    let label = try #require(set.outcomes[Int(number)].label)
                    #expect(label.config.isSound)
                    let list = try #require(label.config.list)
                    let differences = Differences.between(list.json, group["config"])
                    #expect(differences.isEmpty, "\(device) label \(number)")
                }
            }
        }
    }

    @Test("the uberblock chosen is zdb's", arguments: CorpusPool.all(with: "uberblock"))
    func uberblock(pool: CorpusPool) throws {
        let guid = try #require(pool.facts["config"]["pool_guid"].unsigned)
        let candidates = try CorpusDevices.labelSets(of: pool.archive)
            .filter { $0.identity?.poolGUID?.rawValue == guid }
            .compactMap { $0.bestUberblock() }
        let first = try #require(candidates.first)
        let best = candidates.reduce(first) { $0.precedes($1) ? $1 : $0 }
        let facts = pool.facts["uberblock"]
        #expect(best.txg.rawValue == facts["txg"].unsigned)
        #expect(best.timestamp == facts["timestamp"].unsigned)
        #expect(best.guidSum == facts["guid_sum"].unsigned)
        #expect(best.version == facts["version"].unsigned)
        #expect(best.checkpointTxg.rawValue == facts["checkpoint_txg"].unsigned ?? 0)
        #expect(best.multihost.delay == facts["mmp_delay"].unsigned ?? 0)
        let reflow = facts["raidz_reflow"]
        #expect(best.reflow.state.rawValue == reflow["state"].unsigned ?? 0)
        #expect(best.reflow.offset == reflow["offset"].unsigned ?? 0)
        expect(best.rootPointer, facts["rootbp"])
    }

    private func expect(_ pointer: BlockPointer, _ facts: JSONValue) {
        var addresses: [String] = []
        for dva in (0..<3).map({ pointer.dva($0) }) where dva.allocatedSize != 0 {
            let offset = String(dva.offset, radix: 16)
            let size = String(dva.allocatedSize, radix: 16)
            addresses.append("\(dva.vdev):\(offset):\(size)")
        }
        #expect(addresses == facts["dvas"].elements.compactMap(\.string))
        #expect(UInt64(pointer.logicalSize) == facts["lsize"].unsigned)
        #expect(UInt64(pointer.physicalSize) == facts["psize"].unsigned)
        #expect(pointer.logicalBirth.rawValue == facts["birth"].unsigned)
        #expect(pointer.physicalBirth.rawValue == facts["physical_birth"].unsigned)
        #expect(pointer.fill == facts["fill"].unsigned)
        #expect(pointer.order == (facts["order"].string == "big" ? .big : .little))
        #expect(pointer.type.description == facts["type"].string)
        let words: [UInt64] = (12..<16).map { pointer.words[$0] }
        let expected: [UInt64]? = facts["cksum"].string?.split(separator: ":")
            .compactMap { UInt64($0, radix: 16) }
        #expect(words == expected)
    }
}
