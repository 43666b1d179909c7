package import Bytes
package import Datasets
package import Devices
import Vdevs

/// Checks a zpool.cache file: its encoding as OpenZFS would judge it, each entry, and the entries against the pools that are
/// on the devices at hand.
///
/// Mirrors what `spa_config_load` (`module/zfs/spa_config.c`) and `zpool_find_import_cached` (`lib/libzutil/zutil_import.c`)
/// make of the file.
package struct CacheFileVerifier: Sendable {
    private let path: String
    private let bytes: [UInt8]
    private let opener: DeviceOpener
    /// Bytes; a file with thousands of devices has a few MiB.
    private static let largest: UInt64 = 64 << 20

    /// Reads the file; throws where it can't be read.
    package init(_ path: String, _ opener: DeviceOpener) throws(DeviceError) {
        let device = try opener.open(path)
        guard device.byteCount <= Self.largest else {
            throw DeviceError(
                device: path,
                .unsuitable("is too large for a zpool.cache file (\(device.byteCount) bytes)"))
        }
        self.path = path
        self.opener = opener
        bytes = try device.read(at: 0, count: Int(device.byteCount))
    }

    /// Where the file says that devices are, so that its pools can be looked for there.
    package var devicePaths: [String] {
        let bytes = bytes
        let pools = (try? CacheFile(bytes.rawBytes))?.pools ?? []
        return pools.flatMap { $0.vdevTree?.leaves.compactMap(\.path) ?? [] }
    }

    /// The findings; `pools` are those on the devices at hand. An entry of none of them can't be compared.
    ///
    /// `only` names the one pool that the caller is about: other entries are checked by themselves.
    package func run(_ pools: [PoolCandidate], only: GUID? = nil) -> VerifyResult {
        var result = VerifyResult()
        let bytes = bytes
        let file: CacheFile
        do throws(FormatError) {
            file = try CacheFile(bytes.rawBytes)
        } catch {
            var evidence = Record(["cause": .text("\(error)")])
            evidence.add("openzfs", NVList.refusal(bytes.rawBytes).map { .record($0.record) })
            result.problems = [
                Problem(.cacheFileUnreadable, at: Location(device: path), evidence: evidence)
            ]
            return result
        }
        result.problems = file.findings.map { finding in
            var place = Location(device: path)
            place.key = finding.path
            return Problem(finding, at: place)
        }
        if let refusal = NVList.refusal(bytes.rawBytes) {
            var place = Location(device: path)
            place.key = refusal.path
            result.problems.append(
                Problem(.cacheFileRefused, at: place, evidence: refusal.record))
        }
        result.problems += entryProblems(file.pools)
        for entry in file.pools {
            guard only == nil || entry.identity.poolGUID == only else { continue }
            let comparison = CacheEntryComparison(entry, path, opener)
            guard let pool = comparison.match(among: pools) else {
                result.unchecked.append(
                    Unchecked(
                        "the entry \(entry.name) of \(path) against its pool",
                        "none of the devices at hand is of that pool"))
                continue
            }
            result.problems += comparison.problems(with: pool)
        }
        result.problems.sort { $0.rank < $1.rank }
        return result
    }

    private func entryProblems(_ entries: [CacheFile.Pool]) -> [Problem] {
        var problems: [Problem] = []
        var seen: [GUID: String] = [:]
        for entry in entries {
            func note(_ key: String, _ cause: String) {
                var place = Location(device: path)
                place.key = "\(entry.name).\(key)"
                problems.append(
                    Problem(
                        .cacheFileEntry, at: place, evidence: Record(["cause": .text(cause)])))
            }
            let identity = entry.identity
            if let name = identity.name {
                if name != entry.name { note(ConfigKey.poolName, "the pool's name is \(name)") }
            } else {
                note(ConfigKey.poolName, "there is no name")
            }
            if identity.version == nil { note(ConfigKey.version, "there is no version") }
            if let guid = identity.poolGUID {
                if let other = seen[guid] {
                    note(ConfigKey.poolGUID, "the entry \(other) has the same GUID")
                }
                seen[guid] = entry.name
            } else {
                note(ConfigKey.poolGUID, "there is no GUID")
            }
            if entry.vdevTree == nil { note(ConfigKey.vdevTree, "there is no tree of vdevs") }
        }
        return problems
    }
}
