package import Bytes
package import Datasets
package import Devices
package import Extract
import FoundationEssentials
import Vdevs
package import Verify

/// What `image` does and says: images of a pool's devices made, put back and described.
package struct ImageReport {
    /// Where a copy goes.
    package enum Target: Sendable {
        /// Into an image file of that path.
        case image(String, ImageHeader.Kind)
        /// Into a folder, a raw file for each device.
        case raw(String)
    }

    private let output: Output
    private let meter: ProgressMeter
    private let interruption: Interruption

    package init(_ output: Output, _ interruption: Interruption) {
        self.output = output
        self.interruption = interruption
        meter = ProgressMeter()
    }

    /// Copies the devices of a pool as they are seen, through an overlay where there is one; false where the user ended it.
    package func create(
        _ candidate: PoolCandidate, txg: TransactionGroup?, _ target: Target,
        _ options: VerifyOptions
    ) throws -> Bool {
        let line = ProgressLine(meter, isWanted: output.options.verbosity >= 0)
        line.start()
        defer { line.finish() }
        let guids = candidate.devices.keys.sorted { $0.rawValue < $1.rawValue }
        let kind: ImageHeader.Kind
        switch target {
        case .image(_, let wanted): kind = wanted
        case .raw: kind = .whole
        }
        let header = header(kind, candidate, guids, txg)
        let sink: any ImageSink
        switch target {
        case .image(let path, _): sink = try ImageFile(header, path: path)
        case .raw(let folder): sink = try RawCopy(header, folder: folder)
        }
        var ranges: [GUID: [Range<UInt64>]] = [:]
        if kind == .metadata {
            ranges = try MetadataRanges(
                candidate: candidate, options: options, meter: meter, interruption: interruption
            ).find()
        }
        let outcome = try ImageCopier(meter, interruption).copy(
            guids.compactMap { guid in
                candidate.devices[guid].map { device in
                    (device, kind == .whole ? [0..<device.byteCount] : ranges[guid] ?? [])
                }
            }, to: sink)
        line.finish()
        show(header, target, outcome)
        return !outcome.isCancelled
    }

    /// Puts the devices of an image into a folder that is empty or missing, as sparse files.
    package func restore(_ file: any BlockDevice, to folder: String) throws {
        let line = ProgressLine(meter, isWanted: output.options.verbosity >= 0)
        line.start()
        defer { line.finish() }
        let image = try PoolImage(file)
        // All of it is proved before a single file is made.
        let totals = try image.eachPiece(meter) { _, _, _ in }
        let copy = try RawCopy(image.header, folder: folder)
        try image.eachPiece(meter) { (bytes, device, offset) throws(DeviceError) in
            try copy.write(bytes, device: device, at: offset)
        }
        try copy.finish()
        line.finish()
        show(image.header, totals)
        output.lines(["Restored to \(folder)."])
    }

    /// Reads all of an image and says what it is.
    package func describe(_ file: any BlockDevice) throws {
        let line = ProgressLine(meter, isWanted: output.options.verbosity >= 0)
        line.start()
        defer { line.finish() }
        let image = try PoolImage(file)
        let totals = try image.eachPiece(meter) { _, _, _ in }
        line.finish()
        show(image.header, totals)
    }
}

extension ImageReport {
    private func header(
        _ kind: ImageHeader.Kind, _ candidate: PoolCandidate, _ guids: [GUID],
        _ txg: TransactionGroup?
    ) -> ImageHeader {
        var names: Set<String> = []
        let devices = guids.compactMap { guid -> ImageHeader.Device? in
            guard let device = candidate.devices[guid] else { return nil }
            var name = device.name.split(separator: "/").last.map(String.init) ?? "\(guid)"
            if name == "." || name == ".." || !names.insert(name).inserted { name = "\(guid)" }
            return ImageHeader.Device(guid: "\(guid)", name: name, size: device.byteCount)
        }
        return ImageHeader(
            kind, tool: output.options.tool, pool: candidate.name, guid: candidate.guid,
            txg: txg ?? candidate.newestUberblock?.txg ?? TransactionGroup(0),
            created: UInt64(Date().timeIntervalSince1970), devices: devices)
    }

    private func show(_ header: ImageHeader, _ totals: PoolImage.Totals) {
        var record = record(header)
        record.add("pieces", .number(totals.pieceCount))
        record.add("size", .bytes(totals.byteCount))
        record.add("image_size", .bytes(totals.fileSize))
        show(record, header)
    }

    private func show(_ header: ImageHeader, _ target: Target, _ outcome: ImageCopier.Outcome) {
        var record = record(header)
        switch target {
        case .image(let path, _): record.add("image", .text(path))
        case .raw(let folder): record.add("folder", .text(folder))
        }
        record.add("size", .bytes(outcome.byteCount))
        if outcome.unreadableCount > 0 {
            record.add("unreadable", .bytes(outcome.unreadableCount))
        }
        show(record, header)
        if outcome.isCancelled { output.failure("cancelled; what was written is not complete") }
    }

    private func show(_ record: Record, _ header: ImageHeader) {
        output.section(Section(type: "image", title: "Image", .record(record)))
        output.section(
            Section(
                type: "device", title: "Devices",
                .table(
                    header.devices.map {
                        Record([
                            "guid": .text($0.guid), "name": .text($0.name), "size": .bytes($0.size),
                        ])
                    }, columns: [Column("guid"), Column("name"), Column("size")])))
    }

    private func record(_ header: ImageHeader) -> Record {
        Record([
            "kind": .text(header.kind.rawValue), "pool": .text(header.pool),
            "guid": .text(header.guid), "txg": .number(header.txg),
            "created": .time(header.created), "tool": .text(header.tool),
            "contents": .text(header.contents),
        ])
    }
}
