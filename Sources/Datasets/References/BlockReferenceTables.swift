package import Bytes

/// The block reference tables of all vdevs, with the pool's totals.
package struct BlockReferenceTables: Sendable {
    package let vdevs: [BlockReferences]

    package init(_ vdevs: [BlockReferences]) { self.vdevs = vdevs }

    /// What the cloned blocks take, in bytes.
    package var used: UInt64 { vdevs.reduce(into: 0) { $0.addClamped($1.header.usedSpace) } }
    /// What their further references would take without cloning.
    package var saved: UInt64 { vdevs.reduce(into: 0) { $0.addClamped($1.header.savedSpace) } }
    /// How many blocks are cloned.
    package var count: UInt64 { vdevs.reduce(into: 0) { $0.addClamped($1.header.totalCount) } }
    /// Space asked for by all references for each byte taken; 1 where nothing is cloned.
    package var ratio: Double { used == 0 ? 1 : (Double(used) + Double(saved)) / Double(used) }

    package var record: Record {
        Record([
            "used": .bytes(used), "saved": .bytes(saved), "ratio": .ratio(ratio),
            "entries": .number(count), "vdevs": .list(vdevs.map { .record($0.record) }),
        ])
    }
}
