package import Verify

/// Writes the space maps anew where they are wrong, from what the block tree and all else that owns space claim.
///
/// The flagship: cures double frees, double allocations, space that is free in the map though somebody owns it, leaks,
/// entries out of bounds or of another vdev, wrong totals and histograms, maps that can't be read, metaslabs that share a
/// map, and whatever stands wrong in the logs. Nothing of the old map is salvaged, since all of it can be derived. Only the
/// metaslabs that are at odds are written; where no metaslab is left that needs the logs, they go, whatever their list holds.
/// Where a log itself is wrong, all metaslabs are written, so that no log is left.
///
/// Where the census could not see everything, what a map has allocated stays allocated, so that nothing is handed out that
/// an unreadable block may own; a map that can't be played back is then left alone.
package struct SpaceMapCure: Sendable {
    /// The metaslabs to be written anew, by their places in the survey.
    package let metaslabs: [Int]
    /// Metaslabs that are at odds and can't be cured, since the census is not complete.
    package let impossible: [Int]

    package init(_ survey: SpaceSurvey, foldingLogs: Bool = false) {
        var metaslabs: [Int] = []
        var impossible: [Int] = []
        for (position, metaslab) in survey.metaslabs.enumerated()
        where !metaslab.isSound || foldingLogs {
            if survey.contents(of: metaslab) != nil {
                metaslabs.append(position)
            } else if !metaslab.isSound {
                impossible.append(position)
            }
        }
        self.metaslabs = metaslabs
        self.impossible = impossible
    }

    /// Whether there is nothing to do.
    package var isEmpty: Bool { metaslabs.isEmpty }

    /// Adds what is to be done to a transaction.
    package func apply(to transaction: inout Transaction) {
        transaction.rebuiltMetaslabs.formUnion(metaslabs)
    }
}
