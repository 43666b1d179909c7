/// All cures, in the order in which a plan takes them.
package enum CureCatalogue {
    package static let all: [any Cure.Type] = [
        LabelCure.self,
        BlockCure.self, DnodeCure.self, ZAPCure.self, FilesCure.self,
        LogCure.self, SideObjectCure.self, ErrorLogCure.self,
        SpaceMapsCure.self, AccountingCure.self, DeadlistCure.self,
        SnapshotNameCure.self,
        FeatureCountCure.self,
    ]

    /// The names on the command line.
    package static var names: [String] { all.map { $0.name } }
}
