package import Bytes
package import Devices

extension VdevNode {
    /// What a decoded configuration says, with children at the places that their numbers give them.
    package init(_ config: VdevConfig) {
        self.init(
            config.kind, id: config.id ?? .max, guid: config.guid ?? GUID(0), path: config.path,
            ashift: config.ashift ?? 0, allocatableSize: config.asize ?? 0, parity: config.parity,
            expansionTxgs: config.expansionTxgs.map(\.rawValue), isExpanding: config.isExpanding,
            children: Self.placed(config.children.map(VdevNode.init)))
        if let data = config.draidData, let spares = config.draidSpares,
            let groups = config.draidGroups
        {
            draid = DraidShape(
                data: data, spares: spares, groups: groups, groupChildren: config.draidChildren)
        }
        if config.kind == .distributedSpare, let top = config.topGUID, let index = config.spareID {
            spareOf = SpareReference(topGUID: top, index: index)
        }
    }

    /// Puts each child where its number says, since a damaged list may have lost some; the gaps are missing
    /// devices. Where the numbers make no sense the order stays.
    private static func placed(_ children: [VdevNode]) -> [VdevNode] {
        var byID: [UInt64: VdevNode] = [:]
        for child in children {
            guard child.id < maximumChildren, byID.updateValue(child, forKey: child.id) == nil
            else {
                return children
            }
        }
        guard let last = byID.keys.max() else { return children }
        return (0...last).map { byID[$0] ?? VdevNode(.missing, id: $0, guid: GUID(0)) }
    }

    /// More children than a pool can have devices; a number beyond it comes from damage.
    private static let maximumChildren: UInt64 = 1 << 16
}

extension VdevTree {
    /// Joins the vdevs of a pool's configuration, whose root `config` is, with `devices`.
    package convenience init(
        config: VdevConfig, devices: [GUID: any BlockDevice],
        reflow: RaidzReflow = RaidzReflow(word: 0)
    ) {
        self.init(root: VdevNode(config), devices: devices, reflow: reflow)
    }
}
