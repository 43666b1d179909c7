package import Bytes
package import Objects

extension Filesystem {
    /// Whether it is shown as it is after the replay of its log.
    package var isReplayed: Bool { replayed != nil }

    /// The file system as it would be after its intent log was replayed, with what was applied.
    ///
    /// `txg` is what the pool has committed; records up to it are in the file system already. `memory` is what the
    /// changes may take, in bytes; the summary says where they take more. Nothing is written. Mirrors `zil_replay` (`module/zfs/zil.c`).
    package func replayed(
        after txg: TransactionGroup, memory: Int
    ) -> (Filesystem, ReplaySummary) {
        var replayer = Replayer(self, memory: memory)
        replayer.run(
            IntentLog(objectSet.header.intentLog, source: objectSet.source), after: txg)
        return (Filesystem(self, replayed: replayer.changes), replayer.summary)
    }
}

extension Volume {
    /// The volume as it would be after its intent log was replayed, with what was applied.
    package func replayed(
        in set: ObjectSet, after txg: TransactionGroup, memory: Int
    ) -> (Volume, ReplaySummary) {
        var replayer = VolumeReplayer(size: size, memory: memory)
        replayer.run(IntentLog(set.header.intentLog, source: set.source), after: txg)
        let reader = FileReader(
            contents.object, size: size, edits: replayer.edits, source: set.source)
        return (Volume(size: size, contents: reader), replayer.summary)
    }
}
