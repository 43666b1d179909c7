import Bytes
package import Datasets
package import Devices
import Vdevs

extension UndoLog {
    /// Keeps what stands in every place that `commit` writes to, and returns when it is on stable storage.
    ///
    /// `file` is new and empty; it must not lie on the pool. Throws where a device can't be read, or the file not written.
    package static func write(
        _ commit: PreparedCommit, of pool: Pool, to file: OutputFile
    ) throws(RepairError) {
        var place = UInt64(Layout.headerSize)
        var count: UInt64 = 0
        for (stage, writes) in commit.stages.enumerated() {
            for write in writes {
                let bytes = try keptRecord(of: write, stage: stage, pool, at: place)
                try append(bytes, to: file, at: place)
                place += UInt64(bytes.count)
                count += 1
            }
        }
        try append(
            try header(commit, pool, count: count, end: place), to: file, at: 0)
        do {
            try file.flush()
        } catch {
            throw .device(error)
        }
    }

    private static func append(
        _ bytes: [UInt8], to file: OutputFile, at place: UInt64
    ) throws(RepairError) {
        do {
            try file.write(bytes.rawBytes, at: place)
        } catch {
            throw .device(error)
        }
    }

    private static func keptRecord(
        of write: DeviceWrite, stage: Int, _ pool: Pool, at place: UInt64
    ) throws(RepairError) -> [UInt8] {
        guard let device = pool.candidate.devices[write.device] else {
            throw .changed("the device with GUID \(write.device) is gone")
        }
        let old: [UInt8]
        do {
            old = try device.read(at: write.patch.offset, count: write.patch.bytes.count)
        } catch {
            throw .device(error)
        }
        let record = Record(
            device: write.device, stage: stage, offset: write.patch.offset,
            byteCount: old.count, newHash: try Layout.hash(of: [write.patch.bytes]), hash: "",
            place: place + UInt64(Layout.recordSize))
        let fields = try Layout.fields(of: record)
        return fields + [UInt8](try Layout.hash(of: [fields, old]).utf8) + old
    }

    private static func header(
        _ commit: PreparedCommit, _ pool: Pool, count: UInt64, end: UInt64
    ) throws(RepairError) -> [UInt8] {
        let bytes = try RepairError.format(of: nil) { () throws(FormatError) in
            var bytes = [UInt8](repeating: 0, count: Layout.hashOffset)
            bytes.replaceSubrange(0..<Layout.magic.count, with: Layout.magic)
            try Layout.pool.write(pool.guid.rawValue, into: &bytes, .little)
            try Layout.oldTxg.write(pool.txg.rawValue, into: &bytes, .little)
            try Layout.newTxg.write(commit.txg.rawValue, into: &bytes, .little)
            try Layout.recordCount.write(count, into: &bytes, .little)
            try Layout.byteCount.write(end, into: &bytes, .little)
            return bytes
        }
        return bytes + [UInt8](try Layout.hash(of: [bytes]).utf8)
    }
}
