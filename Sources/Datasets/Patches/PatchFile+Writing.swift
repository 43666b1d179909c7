package import Bytes
package import Devices
package import Vdevs

extension PatchFile {
    /// What a file is going to say of the pool.
    package struct Heading: Sendable {
        package let kind: Kind
        package let pool: GUID
        package let oldTxg: TransactionGroup
        package let newTxg: TransactionGroup

        package init(
            _ kind: Kind, pool: GUID, oldTxg: TransactionGroup, newTxg: TransactionGroup
        ) {
            self.kind = kind
            self.pool = pool
            self.oldTxg = oldTxg
            self.newTxg = newTxg
        }
    }

    /// Writes a file for what `stages` write to `devices`, and returns when it is on stable storage.
    ///
    /// An undo log gets the bytes that stand there now, an overlay those of the writes. `file` is new and empty; it must not
    /// lie on the pool. Throws where a device can't be read, or the file not written.
    package static func write(
        _ heading: Heading, _ stages: [[DeviceWrite]], of devices: [GUID: any BlockDevice],
        to file: OutputFile
    ) throws(PoolError) {
        // A file that was never completed can be told as one of ours.
        try append(heading.kind.magic, to: file, at: 0)
        var place = UInt64(Layout.headerSize)
        var count: UInt64 = 0
        for (stage, writes) in stages.enumerated() {
            for write in writes {
                let bytes = try entry(heading.kind, write, stage: stage, devices, at: place)
                try append(bytes, to: file, at: place)
                place += UInt64(bytes.count)
                count += 1
            }
        }
        try append(try header(heading, count: count, end: place), to: file, at: 0)
        do {
            try file.flush()
        } catch {
            throw .device(error)
        }
    }

    private static func append(
        _ bytes: [UInt8], to file: OutputFile, at place: UInt64
    ) throws(PoolError) {
        do {
            try file.write(bytes.rawBytes, at: place)
        } catch {
            throw .device(error)
        }
    }

    private static func entry(
        _ kind: Kind, _ write: DeviceWrite, stage: Int, _ devices: [GUID: any BlockDevice],
        at place: UInt64
    ) throws(PoolError) -> [UInt8] {
        guard let device = devices[write.device] else {
            throw .absent("the device with GUID \(write.device) is gone")
        }
        let standing: [UInt8]
        do {
            standing = try device.read(at: write.patch.offset, count: write.patch.bytes.count)
        } catch {
            throw .device(error)
        }
        let (kept, other) =
            kind == .undoLog ? (standing, write.patch.bytes) : (write.patch.bytes, standing)
        let entry = Entry(
            device: write.device, stage: stage, offset: write.patch.offset, byteCount: kept.count,
            otherHash: try hash(of: [other]), hash: "", place: place + UInt64(Layout.entrySize))
        let fields = try Layout.fields(of: entry)
        return fields + [UInt8](try hash(of: [fields, kept]).utf8) + kept
    }

    private static func header(
        _ heading: Heading, count: UInt64, end: UInt64
    ) throws(PoolError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Layout.hashOffset)
        bytes.replaceSubrange(0..<heading.kind.magic.count, with: heading.kind.magic)
        do {
            try Layout.pool.write(heading.pool.rawValue, into: &bytes, .little)
            try Layout.oldTxg.write(heading.oldTxg.rawValue, into: &bytes, .little)
            try Layout.newTxg.write(heading.newTxg.rawValue, into: &bytes, .little)
            try Layout.entryCount.write(count, into: &bytes, .little)
            try Layout.byteCount.write(end, into: &bytes, .little)
        } catch {
            throw .format(object: nil, error)
        }
        return bytes + [UInt8](try hash(of: [bytes]).utf8)
    }
}
