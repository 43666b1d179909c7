package import Bytes
package import Objects
import Vdevs

/// All objects of an object set, with their number by type.
package struct ObjectListing: Sendable {
    package let objects: [ObjectSummary]
    /// Object numbers whose dnodes can't be read, and why.
    package let damaged: [(range: ClosedRange<UInt64>, cause: ObjectError)]

    /// Reads every dnode, the meta dnode and the accounting objects of the header first.
    package init(_ set: ObjectSet) {
        var objects = [ObjectSummary(set.metaObject)]
        for number in [
            ObjectSet.userUsedObject, ObjectSet.groupUsedObject, ObjectSet.projectUsedObject,
        ] {
            if let object = try? set.object(number) { objects.append(ObjectSummary(object)) }
        }
        var damaged: [(range: ClosedRange<UInt64>, cause: ObjectError)] = []
        set.forEachDnode { visit in
            switch visit {
            case .object(let object): objects.append(ObjectSummary(object))
            case .damaged(let range, let cause): damaged.append((range, cause))
            }
        }
        self.objects = objects
        self.damaged = damaged
    }

    /// How many objects there are of each type, by the type's name.
    package var countByType: [String: Int] {
        var counts: [String: Int] = [:]
        for summary in objects { counts["\(summary.object.type)", default: 0] += 1 }
        return counts
    }

    package var record: Record {
        var record = Record(["objects": .number(UInt64(objects.count))])
        var types = Record()
        for (name, count) in countByType.sorted(by: { $0.key < $1.key }) {
            types.add(name, .number(UInt64(count)))
        }
        record.add("types", .record(types))
        record.add("damaged", .number(UInt64(damaged.count)))
        return record
    }
}
