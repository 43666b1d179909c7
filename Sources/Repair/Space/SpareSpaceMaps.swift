import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Space map objects of the MOS that nothing refers to, such as the one that a metaslab lost its number of.
enum SpareSpaceMaps {
    /// Their objects in order.
    static func find(_ pool: Pool, _ survey: SpaceSurvey) -> [UInt64] {
        var known = Set(survey.metaslabs.map(\.mapObject))
        known.formUnion(pool.logSpaceMaps().logs.map(\.map.object.number))
        for vdev in pool.rootConfig.all {
            if let list = vdev.dtl { known.insert(list) }
            let zap = VdevZAP(vdev.topZAP, pool.meta, "vdev \(vdev.name)")
            known.formUnion([zap.checkpointMap, zap.obsoleteMap].compactMap(\.self))
        }
        if let condensing = try? pool.condensing() { known.insert(condensing.previousObsoleteMap) }
        var spare: [UInt64] = []
        var isWhole = true
        pool.meta.set.forEachDnode { visit in
            switch visit {
            case .object(let object):
                if object.type == .spaceMap, !known.contains(object.number) {
                    spare.append(object.number)
                }
            case .damaged: isWhole = false
            }
        }
        return isWhole ? spare : []
    }
}
