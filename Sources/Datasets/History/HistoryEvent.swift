/// The names of the internal events that early versions recorded by number.
///
/// Mirrors `zfs_history_event_names` (`module/zcommon/zfs_comutil.c`).
package enum HistoryEvent {
    static let names = [
        "invalid event", "pool create", "vdev add", "pool remove", "pool destroy", "pool export",
        "pool import", "vdev attach", "vdev replace", "vdev detach", "vdev online",
        "vdev offline", "vdev upgrade", "pool clear", "pool scrub", "pool property set",
        "create", "clone", "destroy", "destroy_begin_sync", "inherit", "property set",
        "quota set", "permission update", "permission remove", "permission who remove",
        "promote", "receive", "rename", "reservation set", "replay_inc_sync",
        "replay_full_sync", "rollback", "snapshot", "filesystem version upgrade",
        "refquota set", "refreservation set", "pool scrub done", "user hold", "user release",
        "pool split",
    ]

    /// The name of the event of that number, nil where there is none.
    package static func name(_ number: UInt64) -> String? {
        guard let index = Int(exactly: number), names.indices.contains(index) else { return nil }
        return names[index]
    }
}
