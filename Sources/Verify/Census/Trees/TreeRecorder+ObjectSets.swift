import Bytes
import Objects
import Vdevs

/// Whether the header of an object set is what it can be (`objset_phys_t`, `include/sys/dmu_objset.h`).
extension TreeRecorder {
    mutating func visit(_ header: ObjectSetHeader, _ task: CensusTask) {
        guard task.place.origin == .tree else { return }
        let isMeta = task.place.objectSet == 0
        for problem in header.problems {
            reportHeader(task, problem.field, Record(["cause": .text("\(problem)")]))
        }
        let types: [ObjectSetType] = isMeta ? [.meta] : [.filesystem, .volume, .other]
        if !types.contains(header.type) {
            reportHeader(
                task, ObjectSetHeader.Layout.type.name,
                Record(["found": .number(header.type.rawValue)]))
        }
        if header.flags.rawValue > 7 {
            reportHeader(
                task, ObjectSetHeader.Layout.flags.name,
                Record(["found": .word(header.flags.rawValue)]))
        }
        for dnode in [header.userUsed, header.groupUsed, header.projectUsed, header.metaDnode]
        where dnode?.extraSlots ?? 0 != 0 {
            reportHeader(
                task, Dnode.Layout.extraSlots.name,
                Record(["cause": "a dnode of the header has one slot"]))
        }
        if !task.pointer.usesCrypt {
            // Those of an encrypted one are proven by its key.
            for (field, mac) in [
                (ObjectSetHeader.Layout.portableMAC, header.portableMAC),
                (ObjectSetHeader.Layout.localMAC, header.localMAC),
            ] where mac.contains(where: { $0 != 0 }) {
                reportHeader(
                    task, field.name,
                    Record(["cause": "the object set is not encrypted, and has a MAC"]))
            }
        }
        if isMeta, header.bytes[ObjectSetHeader.Layout.intentLog.range].contains(where: { $0 != 0 })
        {
            reportHeader(
                task, ObjectSetHeader.Layout.intentLog.name,
                Record(["cause": "the pool's own object set has no intent log"]))
        }
        if header.metaDnode.isAllocated, header.metaDnode.type != .dnode {
            reportHeader(
                task, ObjectSetHeader.Layout.metaDnode.name,
                Record(["found": .text("\(header.metaDnode.type)")]))
        }
        if let place = header.firstUsedPadding {
            reportHeader(task, "os_pad", Record(["at": .offset(UInt64(place))]))
        }
    }

    private mutating func reportHeader(_ task: CensusTask, _ field: String, _ facts: Record) {
        var evidence = Record(["field": .text(field)])
        for entry in facts.entries { evidence.add(entry.name, entry.value) }
        report(.objectSetHeader, task.pointer, task.place, evidence)
    }
}
