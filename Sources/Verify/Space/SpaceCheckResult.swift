/// What a space check found out.
package struct SpaceCheckResult: Sendable {
    /// The worst first.
    package internal(set) var problems: [Problem] = []
    /// Problems that were counted and not kept.
    package internal(set) var omittedCount = 0
    /// What people call the places of the problems.
    package internal(set) var names = PlaceNames()
    /// What could not be looked at.
    package internal(set) var unchecked: [Unchecked] = []
    /// By vdev and number.
    package internal(set) var metaslabs: [MetaslabOutcome] = []
    package internal(set) var totals = BlockTotals()
    /// What stands where, for whoever plans to write; nil where it was not asked for or nothing was compared.
    package internal(set) var survey: SpaceSurvey?
    /// The references to shared blocks that the walk met.
    var shared: SharedBlocks?
    /// Whether the walk came to everything that owns space.
    var isWalkComplete = false
    /// The datasets and snapshots that were walked to their ends.
    var walked: [UInt64] = []
    /// What of removed vdevs is still in use; nil before the walk.
    var mappingUse: MappingUse?
    /// The user ended it, so that nothing was compared.
    package internal(set) var isCancelled = false
    /// The most memory that claims took, in bytes.
    package internal(set) var claimMemory = 0
    /// What went to the scratch file, in bytes.
    package internal(set) var spilledBytes = 0

    package var leaked: UInt64 { metaslabs.reduce(0) { $0 &+ $1.leaked } }
    package var unprotected: UInt64 { metaslabs.reduce(0) { $0 &+ $1.unprotected } }
    package var allocatedByCensus: UInt64 { metaslabs.reduce(0) { $0 &+ $1.allocatedByCensus } }
    package var allocatedByMap: UInt64 { metaslabs.reduce(0) { $0 &+ ($1.allocatedByMap ?? 0) } }
}
