import Bytes
import Datasets
import Vdevs

/// The copies that the removal of a vdev has made so far and that nothing else owns: what two walks differ in, of which one
/// leaves them out.
package struct RemovalSurvey: Sendable {
    /// In the order of vdevs and places.
    package let copies: [SpaceRange]

    /// `survey` is that of the pool as it is; nil where the second walk can't be made.
    package init?(_ survey: SpaceSurvey, _ context: CheckContext) {
        guard
            let other = SpaceSurvey.take(context.pool, context, { $0.leavesOutRemoval = true })
        else { return nil }
        copies = survey.difference(from: other).sorted { $0.key < $1.key }
            .flatMap { vdev, ranges in ranges.map { SpaceRange(vdev: vdev, bytes: $0) } }
    }
}
