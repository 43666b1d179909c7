import Vdevs

extension PoolFindings {
    /// The same with what the labels leave open looked up in the pools themselves.
    ///
    /// A top-level vdev that no label describes is either missing or was removed; the configuration in the
    /// MOS tells which. Where the pool can't be opened it stays open.
    func completed() -> PoolFindings {
        var copy = self
        copy.pools = pools.map { pool in
            guard pool.root.children.contains(where: { $0.kind == .missing }),
                let root = (try? Pool.open(pool))?.config?.root
            else { return pool }
            return pool.completed(by: root)
        }
        return copy
    }
}
