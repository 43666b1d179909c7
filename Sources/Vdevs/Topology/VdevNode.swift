package import Bytes

/// What reading needs to know of one vdev and those below it, taken from a configuration and not yet judged.
///
/// All numbers are as the nvlist gives them; `VdevTree` checks them before it uses them.
package struct VdevNode: Sendable, Hashable {
    package var kind: VdevKind
    /// The index of a top-level vdev, the number that DVAs name (`id`).
    package var id: UInt64
    package var guid: GUID
    /// The path or name by which messages know it.
    package var path: String?
    /// The binary logarithm of the smallest unit of allocation in bytes (`ashift`).
    package var ashift: UInt64
    /// Allocatable bytes (`asize`).
    package var allocatableSize: UInt64
    /// Parity columns of a RAID-Z or dRAID (`nparity`).
    package var parity: UInt64
    /// One txg for each finished expansion of a RAID-Z (`raidz_expand_txgs`).
    package var expansionTxgs: [UInt64]
    /// A child was added to a RAID-Z and the copying goes on (`raidz_expanding`).
    package var isExpanding: Bool
    /// The numbers of a dRAID.
    package var draid: DraidShape?
    /// For a distributed spare, the top-level vdev it belongs to (`top_guid`) and its number (`spare_id`).
    package var spareOf: SpareReference?
    package var children: [VdevNode]

    /// Which distributed spare of which dRAID.
    package struct SpareReference: Sendable, Hashable {
        package var topGUID: GUID
        package var index: UInt64

        package init(topGUID: GUID, index: UInt64) {
            self.topGUID = topGUID
            self.index = index
        }
    }

    /// `draid_ndata`, `draid_nspares`, `draid_ngroups` and `draid_nchildren`.
    package struct DraidShape: Sendable, Hashable {
        package var data: UInt64
        package var spares: UInt64
        package var groups: UInt64
        /// Children of one failure group; the width of the whole dRAID where the configuration has none.
        package var groupChildren: UInt64?

        package init(data: UInt64, spares: UInt64, groups: UInt64, groupChildren: UInt64? = nil) {
            self.data = data
            self.spares = spares
            self.groups = groups
            self.groupChildren = groupChildren
        }
    }

    package init(
        _ kind: VdevKind, id: UInt64 = 0, guid: GUID, path: String? = nil, ashift: UInt64 = 0,
        allocatableSize: UInt64 = 0, parity: UInt64 = 0, expansionTxgs: [UInt64] = [],
        isExpanding: Bool = false, draid: DraidShape? = nil, spareOf: SpareReference? = nil,
        children: [VdevNode] = []
    ) {
        self.kind = kind
        self.id = id
        self.guid = guid
        self.path = path
        self.ashift = ashift
        self.allocatableSize = allocatableSize
        self.parity = parity
        self.expansionTxgs = expansionTxgs
        self.isExpanding = isExpanding
        self.draid = draid
        self.spareOf = spareOf
        self.children = children
    }

    /// How messages name it: its path, or its kind and GUID.
    package var name: String { path ?? "\(kind) \(guid)" }
}
