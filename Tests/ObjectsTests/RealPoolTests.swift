import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

/// Object sets of real pools against what zdb printed of them.
@Suite struct RealPoolTests {
    @Test("every object is as zdb lists it", arguments: ["basic", "recsize", "snaps"])
    func objects(pool: String) throws {
        let opened = try OpenedPool(device: try TestPool.named(pool).devicePaths()[0])
        for recorded in try RecordedDataset.read(pool) {
            let set = try opened.objectSet(recorded.id)
            var found = [RecordedObject(set.metaObject)]
            for number in [UInt64.max, UInt64.max - 1, UInt64.max - 2] {
                if let object = try? set.object(number) { found.append(RecordedObject(object)) }
            }
            set.forEachDnode { visit in
                guard case .object(let object) = visit else {
                    Issue.record("\(recorded.name): \(visit)")
                    return
                }
                #expect(object.dnode.problems.isEmpty)
                found.append(RecordedObject(object))
            }
            #expect(found.map(\.description) == recorded.objects.map(\.description))
        }
    }

    @Test(
        "every ZAP of a sound pool is without problems, and each entry is found by its key",
        arguments: [
            "basic", "bigdir", "bigdnodes", "longname", "snaps", "zapshrink",
        ])
    func zaps(pool: String) throws {
        let opened = try OpenedPool(device: try TestPool.named(pool).devicePaths()[0])
        for dataset in [0] + opened.datasets.keys.sorted() {
            let set = try opened.objectSet(dataset)
            for object in objects(of: set) where object.type.content == .zap {
                let zap = try ZAP(object)
                let (entries, problems) = zap.contents()
                #expect(problems.isEmpty, "\(dataset)/\(object.number)")
                for entry in entries.prefix(100) {
                    #expect(try zap.lookup(entry.key) == entry)
                }
            }
        }
    }

    private func objects(of set: ObjectSet) -> [DMUObject] {
        var objects: [DMUObject] = []
        set.forEachDnode { visit in
            if case .object(let object) = visit { objects.append(object) }
        }
        return objects
    }
}
