import Bytes
import Datasets
import Devices
import Vdevs
import Verify

extension CacheFileRepair {
    /// What of the present file is wrong, and what is kept of it.
    struct OldFile {
        var problems: [Problem] = []
        /// The sound entries of other pools.
        var kept: [NVPair] = []
        /// The names of entries of other pools that can't be kept.
        var lost: [String] = []
        var hasPool = false
        /// Of the host that is to read the file.
        var order: ByteOrder = .host

        init() {}

        init(_ path: String, _ pool: Pool, _ opener: DeviceOpener) throws(RepairError) {
            let bytes: [UInt8]
            let verifier: CacheFileVerifier
            do {
                verifier = try CacheFileVerifier(path, opener)
                let device = try opener.open(path)
                bytes = try device.read(at: 0, count: Int(clamping: device.byteCount))
            } catch {
                throw .device(error)
            }
            problems = verifier.run([pool.candidate], only: pool.guid).problems.filter {
                $0.kind.cure == CacheFileRepair.name || ProblemKind.nvlists.contains($0.kind)
                    || $0.kind == .cacheFileMoved
            }
            guard let decoding = try? NVList.decode(bytes.rawBytes) else { return }
            order = decoding.order
            let damaged = decoding.findings.map(\.path)
            for pair in decoding.list.pairs {
                guard case .list(let entry) = pair.value else { continue }
                let identity = PoolIdentity(entry)
                let isSound =
                    !damaged.contains { $0 == pair.name || $0.hasPrefix("\(pair.name).") }
                    && identity.name == pair.name && identity.poolGUID != nil
                    && entry.list(ConfigKey.vdevTree) != nil
                if identity.poolGUID == pool.guid || pair.name == pool.name {
                    hasPool = hasPool || identity.poolGUID == pool.guid
                } else if isSound {
                    kept.append(pair)
                } else {
                    lost.append(pair.name)
                }
            }
        }
    }
}
