extension DatasetGraph {
    /// The datasets that follow on each snapshot: the next one and its clones.
    package var followers: [UInt64: Set<UInt64>] {
        var followers: [UInt64: Set<UInt64>] = [:]
        for directory in directories.values {
            for object in directory.chain {
                let before = datasets[object]?.previous ?? 0
                if before != 0 { followers[before, default: []].insert(object) }
            }
        }
        return followers
    }

    /// The heads that began as a snapshot of each directory.
    package var clones: [UInt64: Set<UInt64>] {
        var clones: [UInt64: Set<UInt64>] = [:]
        for directory in directories.values {
            guard let origin = datasets[directory.origin], directory.head != 0 else { continue }
            clones[origin.directory, default: []].insert(directory.head)
        }
        return clones
    }

    /// Of those that follow on a snapshot, the clones: what its list of clones must hold.
    package func clones(of snapshot: GraphDataset, among followers: Set<UInt64>) -> Set<UInt64> {
        followers.subtracting(directories[snapshot.directory]?.chain ?? [])
    }
}
