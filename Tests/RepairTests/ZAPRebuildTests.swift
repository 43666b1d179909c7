import Bytes
import Datasets
import Objects
import Repair
import TestSupport
import Testing
import Vdevs

/// ZAPs written anew from their entries.
@Suite struct ZAPRebuildTests {
    /// Every ZAP of a file system, by its object.
    private func zaps(_ set: ObjectSet) -> [UInt64: ZAP] {
        var zaps: [UInt64: ZAP] = [:]
        set.forEachDnode { visit in
            guard case .object(let object) = visit, object.type.content == .zap,
                let zap = try? ZAP(object)
            else { return }
            zaps[object.number] = zap
        }
        return zaps
    }

    private func builder(_ zap: ZAP) -> ZAPBuilder {
        switch zap.form {
        case .micro(let micro):
            ZAPBuilder(
                salt: micro.salt, flags: [], normalization: micro.normalization,
                order: zap.object.order)
        case .fat(let header):
            ZAPBuilder(
                salt: header.salt, flags: header.flags, normalization: header.normalization,
                order: zap.object.order)
        }
    }

    private func facts(_ zap: ZAP) -> Set<[String]> {
        Set(zap.entries().map { ["\($0.key)", "\($0.integerSize)", "\($0.bytes)", "\($0.hash)"] })
    }

    static let pools = ["bigdir"] + (Effort.isThorough ? ["zapshrink", "basic"] : [])

    @Test("every ZAP of a pool can be written anew, and reads as before", arguments: pools)
    func rebuilt(name: String) throws {
        let copy = try PoolCopy(name)
        var transaction = try copy.transaction()
        let pool = transaction.pool
        let heads = try pool.datasets().root.datasets.filter {
            !$0.isSnapshot && !$0.rootPointer.isHole
        }
        var expected: [UInt64: [UInt64: Set<[String]>]] = [:]
        for dataset in heads {
            let zaps = zaps(try pool.objectSet(of: dataset))
            expected[dataset.object] = zaps.mapValues(facts)
            try transaction.editDataset(dataset.object) { set throws(RepairError) in
                for (number, zap) in zaps.sorted(by: { $0.key < $1.key }) {
                    let entries = zap.entries().map { ZAPBuilder.Entry($0) }
                    try set.edit(number) { object throws(RepairError) in
                        try object.rebuildZAP(entries, builder(zap), isMicro: zap.isMicro)
                    }
                }
            }
        }
        _ = try copy.commit(transaction)
        let after = try copy.open()
        var largest: (name: String, object: UInt64, count: Int) = ("", 0, 0)
        for dataset in try after.datasets().root.datasets where expected[dataset.object] != nil {
            let found = zaps(try after.objectSet(of: dataset))
            #expect(found.mapValues(facts) == expected[dataset.object])
            for (number, zap) in found {
                let (entries, problems) = zap.contents()
                #expect(problems.isEmpty, "\(problems)")
                if entries.count > largest.count { largest = (dataset.name, number, entries.count) }
            }
        }
        try copy.expectSound(pool: name, importing: Effort.isThorough)
        // To zdb the name of the pool alone is the MOS.
        let dataset = largest.name.contains("/") ? largest.name : "\(largest.name)/"
        let said = try Zdb.run("-e", "-p", copy.path, "-dddd", dataset, "\(largest.object)")
        guard let told = said else { return }
        #expect(told.status == 0, "\(told.errorText)")
        #expect(told.text.split(separator: "\n").count { $0.contains(" = ") } >= largest.count)
    }

    @Test func `a micro ZAP that outgrows its block becomes a fat one`() throws {
        let builder = ZAPBuilder(salt: 0x1234567, flags: [], normalization: 0, order: .little)
        let hash = ZAPHash(salt: builder.salt, flags: [], normalization: 0)
        let entries = (0..<5000).map { index in
            let name = [UInt8]("entry number \(index)".utf8)
            return ZAPBuilder.Entry(
                .name(name), ZAPValue(word: UInt64(index)), hash: hash.hash(name: name) ?? 0)
        }
        #expect(try builder.micro([ZAPBuilder.Entry](entries.prefix(15)), size: 1024) != nil)
        #expect(try builder.micro([ZAPBuilder.Entry](entries.prefix(16)), size: 1024) == nil)
        for blockSize in [1024, 4096, 16384] {
            let blocks = try builder.fat(entries, blockSize: blockSize)
            #expect(blocks.allSatisfy { $0.count == blockSize })
            let header = try FatZAPHeader(blocks[0], .little)
            #expect(header.entryCount == 5000)
            #expect(Int(header.freeBlock) == blocks.count)
        }
    }
}
