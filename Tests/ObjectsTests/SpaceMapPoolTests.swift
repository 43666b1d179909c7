import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

/// Space maps of real pools, held against their own totals.
@Suite struct SpaceMapPoolTests {
    @Test(
        "the entries of every space map add up to its total",
        arguments: ["basic", "bigdir", "recsize", "snaps"])
    func totals(pool: String) throws {
        let opened = try OpenedPool(device: try TestPool.named(pool).devicePaths()[0])
        var maps = 0
        for object in objects(of: opened.mos) where object.dnode.bonusType == .spaceMapHeader {
            let map = try SpaceMap(object)
            var total: Int64 = 0
            let problems = map.forEachEntry { entry in
                total += (entry.kind == .allocation ? 1 : -1) * Int64(entry.run)
            }
            #expect(problems.isEmpty)
            #expect(total * 512 == map.header.allocated, "object \(object.number)")
            maps += map.header.length > 0 ? 1 : 0
        }
        #expect(maps > 3)
    }

    private func objects(of set: ObjectSet) -> [DMUObject] {
        var objects: [DMUObject] = []
        set.forEachDnode { visit in
            if case .object(let object) = visit { objects.append(object) }
        }
        return objects
    }
}
