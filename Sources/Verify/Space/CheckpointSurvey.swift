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
        kept = then.difference(from: now)
    }

    private static func survey(_ pool: Pool, _ context: CheckContext) -> SpaceSurvey? {
        let survey = SpaceSurvey.take(pool, context) { $0.leavesOutCheckpoint = true }
        return survey?.isComplete == true ? survey : nil
    }
}
