import Bytes
package import Devices

extension UndoLog {
    /// Reads the list of what is kept, and proves it; throws where the file is no undo log, is damaged or not complete.
    package static func read(_ file: any BlockDevice) throws(RepairError) -> UndoLog {
        do {
            return try parsed(file)
        } catch {
            switch error {
            case .format(_, let cause): throw .undoLog("\(file.name) is damaged: \(cause)")
            default: throw error
            }
        }
    }

    private static func parsed(_ file: any BlockDevice) throws(RepairError) -> UndoLog {
        let header = try bytes(of: file, at: 0, count: Layout.headerSize)
        guard header.starts(with: Layout.magic) else {
            throw .undoLog("\(file.name) is no undo log of zinspect")
        }
        let fields = [UInt8](header[..<Layout.hashOffset])
        guard try Layout.hash(of: [fields]) == text(header[Layout.hashOffset...]) else {
            throw .undoLog("\(file.name) is damaged: the hash of its header is wrong")
        }
        func number(_ field: Field<UInt64>) throws(RepairError) -> UInt64 {
            try RepairError.format(of: nil) { () throws(FormatError) in
                try field.read(fields.rawBytes, .little)
            }
        }
        guard try number(Layout.byteCount) == file.byteCount else {
            throw .undoLog("\(file.name) is not complete")
        }
        var records: [Record] = []
        var place = UInt64(Layout.headerSize)
        while records.count < Int(clamping: try number(Layout.recordCount)) {
            let record = try record(of: file, at: place)
            records.append(record)
            // Sound: `record` has checked that the old bytes lie in the file.
            place = record.place + UInt64(record.byteCount)
        }
        return UndoLog(
            pool: GUID(try number(Layout.pool)),
            oldTxg: TransactionGroup(try number(Layout.oldTxg)),
            newTxg: TransactionGroup(try number(Layout.newTxg)), records: records, file: file)
    }

    private static func record(
        of file: any BlockDevice, at place: UInt64
    ) throws(RepairError) -> Record {
        let bytes = try bytes(of: file, at: place, count: Layout.recordSize)
        func number(_ field: Field<UInt64>) throws(RepairError) -> UInt64 {
            try RepairError.format(of: nil) { () throws(FormatError) in
                try field.read(bytes.rawBytes, .little)
            }
        }
        let start = place + UInt64(Layout.recordSize)
        let count = try number(Layout.count)
        guard let byteCount = Int(exactly: count), count <= file.byteCount - start,
            let stage = Int(exactly: try number(Layout.stage)), stage < 16
        else { throw .undoLog("\(file.name) is damaged: a record reaches past its end") }
        return Record(
            device: GUID(try number(Layout.device)), stage: stage,
            offset: try number(Layout.offset), byteCount: byteCount,
            newHash: text(bytes[Layout.newHashOffset..<Layout.newHashOffset + Layout.hashSize]),
            hash: text(bytes[Layout.hashOffset..<Layout.hashOffset + Layout.hashSize]),
            place: start)
    }

    private static func bytes(
        of file: any BlockDevice, at place: UInt64, count: Int
    ) throws(RepairError) -> [UInt8] {
        guard place <= file.byteCount, UInt64(count) <= file.byteCount - place else {
            throw .undoLog("\(file.name) is no undo log of zinspect, or not complete")
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
