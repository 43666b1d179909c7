import Bytes
import Datasets
import Objects
import Vdevs

/// What objects the MOS has, by their dnodes; read once for all checks that need it.
struct MetaSurvey: Sendable {
    struct Object: Sendable {
        let type: ObjectType
        let bonusType: ObjectType
        let bonusLength: UInt16
        let hasSpill: Bool
    }

    private(set) var objects: [UInt64: Object] = [:]
    /// Numbers of objects whose dnodes can't be read.
    private(set) var lost: [ClosedRange<UInt64>] = []

    init(_ meta: MetaObjects) {
        meta.set.forEachDnode { visit in
            switch visit {
            case .object(let object):
                let dnode = object.dnode
                objects[object.number] = Object(
                    type: dnode.type, bonusType: dnode.bonusType, bonusLength: dnode.bonusLength,
                    hasSpill: dnode.flags.contains(.spillPointer))
            case .damaged(let numbers, _): lost.append(numbers)
            }
        }
    }

    /// Whether nothing was lost, so that numbers of objects can be compared.
    var isComplete: Bool { lost.isEmpty }
}
