import Bytes
package import Devices

extension PatchFile {
    /// Reads the list of places, and proves it; throws where the file is none of its kind, is damaged or not complete.
    package static func read(
        _ kind: Kind, _ file: any BlockDevice
    ) throws(PoolError) -> PatchFile {
        do {
            return try parsed(kind, file)
        } catch {
            guard case .format(_, let cause) = error else { throw error }
            throw .ownFile("\(file.name) is damaged: \(cause)")
        }
    }

    private static func parsed(
        _ kind: Kind, _ file: any BlockDevice
    ) throws(PoolError) -> PatchFile {
        guard file.byteCount >= UInt64(Layout.headerSize) else { throw .none(kind, file) }
        let header = try bytes(of: file, at: 0, count: Layout.headerSize)
        guard header.starts(with: kind.magic) else { throw .none(kind, file) }
        let fields = [UInt8](header[..<Layout.hashOffset])
        guard try hash(of: [fields]) == text(header[Layout.hashOffset...]) else {
            throw .ownFile("\(file.name) is damaged: the hash of its header is wrong")
        }
        guard try number(Layout.byteCount, fields) == file.byteCount else {
            throw .ownFile("\(file.name) is not complete")
        }
        let count = try number(Layout.entryCount, fields)
        guard count <= file.byteCount / UInt64(Layout.entrySize) else {
            throw .ownFile("\(file.name) is damaged: it has no room for \(count) entries")
        }
        var entries: [Entry] = []
        var place = UInt64(Layout.headerSize)
        for _ in 0..<count {
            let entry = try entry(of: file, at: place)
            entries.append(entry)
            // Sound: `entry` has checked that the bytes lie in the file.
            place = entry.place + UInt64(entry.byteCount)
        }
        return PatchFile(
            kind: kind, pool: GUID(try number(Layout.pool, fields)),
            oldTxg: TransactionGroup(try number(Layout.oldTxg, fields)),
            newTxg: TransactionGroup(try number(Layout.newTxg, fields)), entries: entries,
            file: file)
    }

    private static func entry(
        of file: any BlockDevice, at place: UInt64
    ) throws(PoolError) -> Entry {
        let bytes = try bytes(of: file, at: place, count: Layout.entrySize)
        let start = place + UInt64(Layout.entrySize)
        let count = try number(Layout.count, bytes)
        guard let byteCount = Int(exactly: count), count <= file.byteCount - start,
            let stage = Int(exactly: try number(Layout.stage, bytes)), stage < 16
        else { throw .ownFile("\(file.name) is damaged: an entry reaches past its end") }
        return Entry(
            device: GUID(try number(Layout.device, bytes)), stage: stage,
            offset: try number(Layout.offset, bytes), byteCount: byteCount,
            otherHash: text(
                bytes[Layout.otherHashOffset..<Layout.otherHashOffset + Layout.hashSize]),
            hash: text(bytes[Layout.hashOffset..<Layout.hashOffset + Layout.hashSize]),
            place: start)
    }

    private static func number(
        _ field: Field<UInt64>, _ bytes: [UInt8]
    ) throws(PoolError) -> UInt64 {
        do {
            return try field.read(bytes.rawBytes, .little)
        } catch {
            throw .format(object: nil, error)
        }
    }

    private static func bytes(
        of file: any BlockDevice, at place: UInt64, count: Int
    ) throws(PoolError) -> [UInt8] {
        guard place <= file.byteCount, UInt64(count) <= file.byteCount - place else {
            throw .ownFile("\(file.name) is not complete")
        }
        do {
            return try file.read(at: place, count: count)
        } catch {
            throw .device(error)
        }
    }

    private static func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits, as: UTF8.self)
    }
}

extension PoolError {
    /// The file is something else.
    fileprivate static func none(_ kind: PatchFile.Kind, _ file: any BlockDevice) -> PoolError {
        .ownFile("\(file.name) is no \(kind) of zinspect")
    }
}
