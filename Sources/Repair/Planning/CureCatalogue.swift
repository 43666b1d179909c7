/// All cures, in the order in which a plan takes them.
package enum CureCatalogue {
    /// Counts of features come before what changes them in turn, totals of lists before lists that are given up.
    package static let all: [any Cure.Type] = [
        LabelCure.self, UberblockCure.self, ConfigListCure.self, PoolConfigCure.self,
        RedundancyCure.self, PointerCure.self, BlockCure.self, DnodeCure.self, ZAPCure.self,
        FilesCure.self,
        LogCure.self, SideObjectCure.self, ErrorLogCure.self,
        SpaceMapsCure.self, FeatureCountCure.self, DatasetCure.self,
        AccountingCure.self, DeadlistCure.self, LivelistCure.self, StuckCure.self,
        DedupCure.self, CloneCure.self,
    ]

    /// Cures that are only planned where they are named.
    package static let onRequest: [any Cure.Type] = [RewindCure.self, LeftoverCure.self]

    /// Whether somebody chose among the cures, and does not just take all.
    static func isChoice(_ cures: [any Cure.Type]) -> Bool { cures.count < all.count }

    /// The names on the command line.
    package static var names: [String] {
        (all + onRequest).map { $0.name } + [CacheFileRepair.name]
    }
}
