import Datasets
import Objects
import Vdevs

/// What objects the MOS has, by their dnodes; read once for all checks that need it.
struct MetaSurvey: Sendable {
    private(set) var objects = MetaObjectTable()
    /// Numbers of objects whose dnodes can't be read, or that there is no memory for.
    private(set) var lost: [ClosedRange<UInt64>] = []
    /// The first object that there is no memory for.
    private(set) var firstOmitted: UInt64?

    private struct Full: Error {
        let object: UInt64
    }

    /// `memory` is in bytes.
    init(_ meta: MetaObjects, memory: Int) {
        let limit = memory / MetaObjectTable.bytesPerObject
        do throws(Full) {
            try meta.set.forEachDnode { visit throws(Full) in
                switch visit {
                case .object(let object):
                    guard objects.count < limit else { throw Full(object: object.number) }
                    let dnode = object.dnode
                    objects.append(
                        object.number,
                        MetaObjectTable.Object(
                            type: dnode.type, bonusType: dnode.bonusType,
                            bonusLength: dnode.bonusLength,
                            hasSpill: dnode.flags.contains(.spillPointer)))
                case .damaged(let numbers, _): lost.append(numbers)
                }
            }
        } catch {
            firstOmitted = error.object
            lost.append(error.object...UInt64.max)
        }
    }

    /// Whether nothing was lost, so that numbers of objects can be compared.
    var isComplete: Bool { lost.isEmpty }
}
