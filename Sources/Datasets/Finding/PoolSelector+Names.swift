import Bytes
import Devices
import Vdevs

extension PoolSelector {
    /// The pool of that name or GUID in the folders that are searched.
    func named(_ text: String) throws(PoolError) -> PoolCandidate {
        let findings = searched()
        let places = search.isEmpty ? "the usual device folders" : search.joined(separator: ", ")
        let pool = try Self.only(findings.pools, text, places, findings)
        return pool.expecting(findings)
    }

    /// The pool of that name or GUID in a zpool.cache file, on the devices that the file names or that are in
    /// the folders searched.
    func cached(_ text: String, in file: String) throws(PoolError) -> PoolCandidate {
        let listed = try Self.read(file, opener).pools
        let matches = listed.filter {
            $0.name == text || $0.identity.poolGUID.map(\.description) == text
        }
        guard let entry = matches.first, let guid = entry.identity.poolGUID else {
            let names = listed.map(\.name).joined(separator: ", ")
            throw .notAPool(
                "\(file) lists no pool \(text)"
                    + (names.isEmpty ? "; it lists none" : "; it lists \(names)"))
        }
        guard matches.count == 1 else {
            throw .notAPool("\(file) lists \(matches.count) pools called \(text): give the GUID")
        }
        let paths = entry.vdevTree?.leaves.compactMap(\.path) ?? []
        let findings = finder.find(in: paths + search, isOptional: true)
        guard let pool = findings.pools.first(where: { $0.guid == guid }) else {
            let names = paths.isEmpty ? "no paths" : paths.joined(separator: ", ")
            throw .notAPool(
                "none of the devices of \(text) is where \(file) says (\(names)); name the folder "
                    + "they are in with --search")
        }
        return pool.completed(by: entry).expecting(findings)
    }

    /// The one of `pools` that `text` names; destroyed ones only where no other does.
    private static func only(
        _ pools: [PoolCandidate], _ text: String, _ places: String, _ findings: PoolFindings
    ) throws(PoolError) -> PoolCandidate {
        let all = pools.filter { $0.name == text || $0.guid.description == text }
        let living = all.filter { $0.state != .destroyed }
        let matches = living.isEmpty ? all : living
        if let pool = matches.first, matches.count == 1 { return pool }
        if !matches.isEmpty {
            throw .notAPool(
                "\(matches.count) pools are called \(text): \(list(matches)); give the GUID instead "
                    + "of the name")
        }
        if let failure = findings.failures.first { throw .device(failure) }
        guard !DeviceError.isUnnamable(text) else {
            throw .notAPool("\(text) can't be found: \(DeviceError.unnamable)")
        }
        let unread = findings.rejected.filter(\.isUnread)
        var message = "there is no file \(text) here and no pool \(text) in \(places)"
        if !pools.isEmpty { message += "; found: \(list(pools))" }
        if let first = unread.first {
            message += "; \(unread.count) could not be read, the first: \(first.reason)"
        }
        throw .notAPool(message)
    }

    private static func read(
        _ file: String, _ opener: DeviceOpener
    ) throws(PoolError) -> CacheFile {
        let bytes: [UInt8]
        do throws(DeviceError) {
            let device = try opener.open(file)
            guard device.byteCount <= maximumCacheFile else {
                throw DeviceError(
                    device: file,
                    .unsuitable("is too large for a zpool.cache file (\(device.byteCount) bytes)"))
            }
            bytes = try device.read(at: 0, count: Int(device.byteCount))
        } catch {
            throw .device(error)
        }
        do throws(FormatError) {
            return try CacheFile(bytes.rawBytes)
        } catch {
            throw .notAPool("\(file) is not a zpool.cache file: \(error)")
        }
    }

    /// Bytes; a file with thousands of devices has a few MiB.
    private static let maximumCacheFile: UInt64 = 64 << 20
}

extension PoolCandidate {
    /// The same with the top-level vdevs that no label describes taken from a zpool.cache file.
    ///
    /// The file knows removed vdevs, which have no labels, and names the devices of missing ones.
    func completed(by entry: CacheFile.Pool) -> PoolCandidate {
        guard let tree = entry.vdevTree else { return self }
        return completed(by: tree)
    }
}
