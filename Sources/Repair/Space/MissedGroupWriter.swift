import Bytes
import Datasets
import Objects
import Vdevs

/// Notes in the MOS that devices which are away missed the repair's group, so that ZFS resilvers it when they come back.
///
/// Each leaf has a space map of the groups that it missed (its DTL). One that has none yet gets one, and its number goes
/// into the pool's configuration. Mirrors `vdev_dtl_sync` (`module/zfs/vdev.c`).
struct MissedGroupWriter {
    let pool: Pool
    let txg: TransactionGroup

    /// `missed` are the leaves by their GUIDs.
    func note(_ missed: Set<GUID>, in meta: inout ObjectSetDraft) throws(RepairError) {
        var added: [GUID: UInt64] = [:]
        for guid in missed.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let leaf = pool.rootConfig.node(guid) else {
                throw .unsupported("a missing device has no place in the pool's configuration")
            }
            if let list = leaf.dtl, list != 0 {
                try append(to: list, in: &meta)
            } else {
                let list = try NewSpaceMap.add(to: &meta, blockSize: 1 << 12, pool)
                try append(to: list, in: &meta)
                added[guid] = list
            }
        }
        if !added.isEmpty { try enter(added, in: &meta) }
    }

    /// Adds one entry: the group itself.
    private func append(to list: UInt64, in meta: inout ObjectSetDraft) throws(RepairError) {
        let object = try meta.object(list)
        let bonus = try object.bonus
        let header = try RepairError.format(of: list) { () throws(FormatError) in
            try SpaceMapHeader(bonus.rawBytes, object.order)
        }
        let blockSize = try object.blockSize
        let index = header.length / UInt64(blockSize)
        let place = Int(header.length % UInt64(blockSize))
        guard header.length % 8 == 0, header.length < 1 << 40 else {
            throw .changed("the space map \(list) has a length of \(header.length)")
        }
        var encoder = SpaceMapEncoder(blockSize: 16, allowsTwoWords: false)
        try RepairError.format(of: list) { () throws(FormatError) in
            try encoder.append(.allocation, offset: txg.rawValue, run: 1)
        }
        let entry = encoder
        try meta.edit(list) { map throws(RepairError) in
            try map.editBlock(index) { (bytes, order) throws(FormatError) in
                bytes.replaceSubrange(place..<place + 8, with: entry.blocks(order)[0].prefix(8))
            }
            try map.editBonus { bonus throws(FormatError) in
                try SpaceMapHeader.write(
                    length: header.length + 8, allocated: header.allocated &+ 1, histogram: nil,
                    into: &bonus, header.order)
            }
        }
    }

    /// Puts the numbers of new lists into the configuration that the MOS keeps.
    private func enter(
        _ added: [GUID: UInt64], in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard let number = pool.directory.object(.config), pool.config != nil,
            pool.notes.all.allSatisfy({ $0.code != .listDamaged })
        else {
            throw .unsupported(
                "the configuration in the MOS can't be read, so nothing can be added")
        }
        let list = Self.entering(added, in: try meta.object(number).packedList(), depth: 0)
        try meta.edit(number) { object throws(RepairError) in try object.replacePackedList(list) }
    }

    /// The list with the new numbers at the leaves below it; a tree of vdevs is five lists deep at most.
    private static func entering(_ added: [GUID: UInt64], in list: NVList, depth: Int) -> NVList {
        var list = list
        if let guid = list.guid(ConfigKey.guid), let number = added[guid],
            list[ConfigKey.dtl] == nil, list[ConfigKey.type] != nil
        {
            list.pairs.append(NVPair(ConfigKey.dtl, .uint64(number)))
        }
        guard depth < 16 else { return list }
        for index in list.pairs.indices {
            switch (list.pairs[index].name, list.pairs[index].value) {
            case (ConfigKey.vdevTree, .list(let inner)):
                list.pairs[index].value = .list(entering(added, in: inner, depth: depth + 1))
            case (ConfigKey.children, .listArray(let inner)):
                list.pairs[index].value = .listArray(
                    inner.map { entering(added, in: $0, depth: depth + 1) })
            default: break
            }
        }
        return list
    }
}
