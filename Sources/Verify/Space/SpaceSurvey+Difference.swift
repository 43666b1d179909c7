import Datasets
import Devices
import Vdevs

extension SpaceSurvey {
    /// A survey that a cure needs beside the one of the check; nil where the walk can't be made or is ended.
    static func take(
        _ pool: Pool, _ context: CheckContext, _ change: (inout SpaceCheckOptions) -> Void
    ) -> SpaceSurvey? {
        var options = SpaceCheckOptions(
            threadCount: context.options.threadCount, memory: context.options.memory,
            scratchFolder: context.options.scratchFolder, findsOwners: false)
        options.keepsSurvey = true
        change(&options)
        return try? SpaceCheck(
            pool, options, meter: context.meter, interruption: context.interruption
        ).run().survey
    }

    /// What is claimed here and not in another survey: by vdev, in bytes from the start of its allocatable space, in order.
    func difference(from other: SpaceSurvey) -> [UInt32: [Range<UInt64>]] {
        struct Place: Hashable {
            let vdev: UInt32
            let index: Int
        }
        let known = Dictionary(
            other.metaslabs.map { (Place(vdev: $0.vdev, index: $0.index), $0.claimed) },
            uniquingKeysWith: { first, _ in first })
        var left: [UInt32: [Range<UInt64>]] = [:]
        for metaslab in metaslabs {
            let others = known[Place(vdev: metaslab.vdev, index: metaslab.index)] ?? []
            for run in metaslab.claimed.subtracting(others) {
                left[metaslab.vdev, default: []].append(
                    metaslab.geometry.bytes(run, ofMetaslab: metaslab.index))
            }
        }
        return left
    }
}
