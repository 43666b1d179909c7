package import Bytes
import Devices
package import Vdevs

extension PoolOverlay {
    /// Writes the overlay that makes `pool` what these writes would make it; their later ones win.
    ///
    /// A pool that is seen through an overlay keeps what that shows: the file, which must be the one at `path`, is
    /// replaced in one step. Without one, nothing may stand at `path`.
    package static func write(
        _ writes: [DeviceWrite], of pool: Pool, newTxg: TransactionGroup, over old: PoolOverlay?,
        to path: String
    ) throws(PoolError) {
        var bases = pool.candidate.devices
        var patches: [GUID: [Patch]] = [:]
        for (guid, device) in pool.candidate.devices {
            guard let overlay = device as? Overlay else { continue }
            bases[guid] = overlay.base
            patches[guid] = overlay.patches
        }
        for write in writes { patches[write.device, default: []].append(write.patch) }
        let merged = patches.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { guid, own in
            Overlay.merged(own).map { DeviceWrite(guid, at: $0.offset, $0.bytes) }
        }
        let heading = PatchFile.Heading(
            .overlay, pool: pool.guid, oldTxg: old?.oldTxg ?? pool.txg, newTxg: newTxg)
        let (file, target) = try device { () throws(DeviceError) in
            if old == nil { return (try OutputFile.create(path), path) }
            return try OutputFile.draft(of: path, mark: heading.kind.magic)
        }
        do {
            try PatchFile.write(heading, [merged], of: bases, to: file)
        } catch {
            OutputFile.discard(target)
            throw error
        }
        guard old != nil else { return }
        try device { () throws(DeviceError) in try OutputFile.replace(path, by: target) }
    }

    private static func device<Value>(
        _ body: () throws(DeviceError) -> Value
    ) throws(PoolError) -> Value {
        do {
            return try body()
        } catch {
            throw .device(error)
        }
    }
}
