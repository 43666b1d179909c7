import Bytes
import Datasets
import Devices
import Objects
import Vdevs
import Verify

extension SideFix {
    /// Puts the list of hot spares, or of cache devices, right: entries that can be mended stay, others are taken out.
    ///
    /// Neither holds anything that is not elsewhere, so a device whose entry is lost can simply be added again.
    static func auxiliary(
        _ key: ObjectDirectory.Key, _ problems: [Problem], _ pool: Pool
    ) -> SideFix? {
        guard let number = pool.directory.object(key), number != 0,
            let object = try? pool.meta.object(number), object.type == .packedNVList
        else { return nil }
        let own = problems.filter { problem in
            problem.location.objectSet == 0 && problem.location.object == number
        }
        guard !own.isEmpty else { return nil }
        let decoding = try? pool.meta.nvlistDecoding(number)
        let entries = decoding?.list.lists(key.rawValue) ?? []
        let damaged = Set(decoding?.findings.map(\.path) ?? [])
        var seen: Set<GUID> = []
        var kept: [NVList] = []
        var losses: [RepairLoss] = []
        for (index, entry) in entries.enumerated() {
            let place = "\(key.rawValue)[\(index)]"
            let paths = damaged.filter { $0 == place || $0.hasPrefix("\(place).") }
            if let sound = mended(entry, paths, place, pool),
                let guid = sound.guid(ConfigKey.guid), seen.insert(guid).inserted
            {
                kept.append(sound)
            } else {
                losses.append(
                    RepairLoss(
                        object: number,
                        "\(title(key)) \(VdevConfig(entry).name), which can be added again"))
            }
        }
        if decoding == nil {
            losses.append(RepairLoss(object: number, "the list of \(title(key))s of the pool"))
        }
        let list = NVList([NVPair(key.rawValue, .listArray(kept))])
        return SideFix(
            problems: own,
            what: "Write the list of \(title(key))s anew with \(kept.count) devices", losses: losses
        ) { meta throws(RepairError) in
            try meta.edit(number) { draft throws(RepairError) in
                try draft.clearBlocks()
                try draft.replacePackedList(list)
            }
        }
    }

    private static func title(_ key: ObjectDirectory.Key) -> String {
        key == .spares ? "hot spare" : "cache device"
    }

    /// The entry where nothing is wrong with it but its path, which the device at hand tells; nil for any other.
    private static func mended(
        _ entry: NVList, _ damaged: Set<String>, _ place: String, _ pool: Pool
    ) -> NVList? {
        guard let guid = entry.guid(ConfigKey.guid), entry.string(ConfigKey.type) != nil,
            VdevConfig(entry).isLeaf
        else { return nil }
        guard !damaged.isEmpty else { return entry }
        guard damaged == ["\(place).\(ConfigKey.path)"], let device = pool.candidate.devices[guid]
        else { return nil }
        var entry = entry
        for index in entry.pairs.indices where entry.pairs[index].name == ConfigKey.path {
            entry.pairs[index].value = .string(NVString(device.name))
        }
        return entry
    }
}
