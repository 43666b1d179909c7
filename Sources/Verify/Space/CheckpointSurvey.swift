import Bytes
import Datasets
import Devices
import Vdevs

/// What a pool keeps only for the sake of its checkpoint: whatever the checkpointed state owns and the present one does not.
///
/// The kernel writes it down as it frees (`vdev_checkpoint_sm`); here it follows from two walks, one over each state.
package struct CheckpointSurvey: Sendable {
    /// By vdev, in bytes from the start of its allocatable space, in order.
    package let kept: [UInt32: [Range<UInt64>]]

    /// Nil where there is no checkpoint, or one of the walks could not come to everything.
    package init?(_ context: CheckContext) {
        let pool = context.pool
        guard pool.directory.value(.checkpoint) != nil,
            let old = try? Pool.open(pool.candidate, PoolOptions(.checkpoint)),
            let now = Self.survey(pool, context), let then = Self.survey(old, context)
        else { return nil }
        let present = Dictionary(
            now.metaslabs.map { (Place($0), $0.claimed) }, uniquingKeysWith: { first, _ in first })
        var kept: [UInt32: [Range<UInt64>]] = [:]
        for metaslab in then.metaslabs {
            let left = Self.difference(metaslab.claimed, present[Place(metaslab)] ?? [])
            for run in left {
                kept[metaslab.vdev, default: []].append(
                    metaslab.geometry.bytes(run, ofMetaslab: metaslab.index))
            }
        }
        self.kept = kept
    }

    private struct Place: Hashable {
        let vdev: UInt32
        let index: Int

        init(_ metaslab: SurveyedMetaslab) {
            vdev = metaslab.vdev
            index = metaslab.index
        }
    }

    private static func survey(_ pool: Pool, _ context: CheckContext) -> SpaceSurvey? {
        var options = SpaceCheckOptions(
            threadCount: context.options.threadCount, memory: context.options.memory,
            scratchFolder: context.options.scratchFolder, findsOwners: false)
        options.keepsSurvey = true
        options.leavesOutCheckpoint = true
        let check = SpaceCheck(
            pool, options, meter: context.meter, interruption: context.interruption)
        guard let survey = try? check.run().survey, survey.isComplete else { return nil }
        return survey
    }

    /// What of sorted runs is not in others, which are sorted too.
    private static func difference(_ runs: [Range<Int>], _ others: [Range<Int>]) -> [Range<Int>] {
        var left: [Range<Int>] = []
        var place = 0
        for run in runs {
            var start = run.lowerBound
            while place < others.count, others[place].upperBound <= start { place += 1 }
            var index = place
            while index < others.count, others[index].lowerBound < run.upperBound {
                if others[index].lowerBound > start {
                    left.append(start..<others[index].lowerBound)
                }
                start = max(start, others[index].upperBound)
                index += 1
            }
            if start < run.upperBound { left.append(start..<run.upperBound) }
        }
        return left
    }
}
