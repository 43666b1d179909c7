package import Datasets
import Devices

extension RewindChanges {
    /// What going back from one state of a pool to an older one would undo, some of the changed files by name.
    package init(from newest: Pool, to older: Pool) throws(PoolError) {
        var survey = try ChangeSurvey(
            newest, StateAges([older.txg]), threadCount: 1, interruption: Interruption())
        self = survey.changes(
            since: 0, txg: older.txg, try? older.datasets(), namesPaths: true)
    }
}
