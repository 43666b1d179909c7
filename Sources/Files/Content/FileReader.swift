import Blocks
package import Objects
import Vdevs

/// The bytes of a file or a volume: records of any size, holes, and what follows the last record.
///
/// A file may be longer than its blocks reach; the rest is zeros. Nothing is kept in memory but the record
/// that is read.
package struct FileReader: Sendable {
    package let object: DMUObject
    /// How long the file is in bytes.
    package let size: UInt64
    /// What a log changes in the bytes; nil where nothing.
    let edits: FileEdits?
    /// Gives the blocks that the log refers to.
    private let source: (any BlockSource)?

    package init(_ object: DMUObject, size: UInt64) {
        self.init(object, size: size, edits: nil, source: nil)
    }

    init(_ object: DMUObject, size: UInt64, edits: FileEdits?, source: (any BlockSource)?) {
        self.object = object
        self.size = size
        self.edits = edits
        self.source = source
    }

    /// The size of a record in bytes.
    package var recordSize: Int { object.blockSize }
    /// How many records the file has, holes included.
    package var recordCount: UInt64 {
        size == 0 ? 0 : (size - 1) / UInt64(recordSize) + 1
    }

    /// The bytes of a record, cut off at the end of the file; nil for a hole.
    ///
    /// Throws where the record can't be read, which for one that was redacted is so too.
    package func record(_ index: UInt64) throws(ObjectError) -> [UInt8]? {
        guard let edits, let source, index < recordCount else { return try stored(index) }
        // Sound: the index is below the count, so the product does not pass the size.
        let start = index * UInt64(recordSize)
        let range = start..<start + UInt64(byteCount(ofRecord: index))
        guard edits.touches(range) else { return try stored(index) }
        let base = edits.covers(range) ? nil : try stored(index)
        return try edits.applied(to: base, range, of: object.number, from: source)
    }

    /// The bytes as the file's tree has them.
    private func stored(_ index: UInt64) throws(ObjectError) -> [UInt8]? {
        guard index < recordCount, index < object.blockCount,
            let block = try object.orderedBlock(index)
        else { return nil }
        // Sound: the index is below the count, so the product does not pass the size.
        let left = size - index * UInt64(recordSize)
        guard left < UInt64(block.bytes.count) else { return block.bytes }
        return [UInt8](block.bytes.prefix(Int(truncatingIfNeeded: left)))
    }

    /// How many bytes the record of that index has: a whole one, or the rest of the file.
    package func byteCount(ofRecord index: UInt64) -> Int {
        guard index < recordCount else { return 0 }
        return Int(truncatingIfNeeded: min(UInt64(recordSize), size - index * UInt64(recordSize)))
    }

    /// `count` bytes from `offset` on, fewer where the file ends before; holes are zeros.
    package func read(at offset: UInt64, count: Int) throws(ObjectError) -> [UInt8] {
        guard count >= 0, count <= DMUObject.readLimit else {
            throw ObjectError(object: object.number, .limit("a read of \(count) bytes"))
        }
        guard offset < size else { return [] }
        let wanted = Int(truncatingIfNeeded: min(UInt64(count), size - offset))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(wanted)
        let unit = UInt64(recordSize)
        while bytes.count < wanted {
            let place = offset + UInt64(bytes.count)
            let index = place / unit
            let start = Int(truncatingIfNeeded: place % unit)
            let end = min(byteCount(ofRecord: index), start + wanted - bytes.count)
            if let record = try record(index) {
                bytes += record[start..<end]
            } else {
                bytes += [UInt8](repeating: 0, count: end - start)
            }
        }
        return bytes
    }

    /// Gives the runs of data and holes to `body`, in order and without gaps from 0 to the size.
    ///
    /// Neighbours are of different kinds. What `body` throws ends it.
    package func forEachExtent<Failure: Error>(
        _ body: (FileExtent) throws(Failure) -> Void
    ) throws(Failure) {
        if let edits { return try edits.forEachExtent(of: storedExtents(), size: size, body) }
        try forEachStoredExtent(body)
    }

    private func storedExtents() -> [FileExtent] {
        var extents: [FileExtent] = []
        forEachStoredExtent { extents.append($0) }
        return extents
    }

    private func forEachStoredExtent<Failure: Error>(
        _ body: (FileExtent) throws(Failure) -> Void
    ) throws(Failure) {
        var runs = ExtentRuns(size: size)
        let shift = UInt64(object.dnode.pointersPerBlockShift)
        let unit = UInt64(recordSize)
        try object.tree.forEachPointer(includingHoles: true) {
            step throws(Failure) -> IndirectTree.Descent in
            let (kind, level, index) = Self.classify(step)
            guard let kind else { return .into }
            let width = UInt64(level) * shift
            guard width < 64, let span = unit.product(1 << width), let start = index.product(span)
            else { return .past }
            for run in runs.add(start, span, kind) { try body(run) }
            return .into
        }
        for run in runs.finish() { try body(run) }
    }

    /// The runs of data and holes; see `forEachExtent`.
    package func extents() -> [FileExtent] {
        var extents: [FileExtent] = []
        forEachExtent { extents.append($0) }
        return extents
    }

    /// What a step of the tree's walk says of the bytes below it; nothing for an indirect block.
    private static func classify(
        _ step: IndirectTree.Step
    ) -> (kind: FileExtent.Kind?, level: UInt8, index: UInt64) {
        switch step {
        case .damaged(_, let level, let index): return (.unknown, level, index)
        case .pointer(let pointer, let level, let index):
            if pointer.isHole { return (.hole, level, index) }
            if pointer.isRedacted { return (.redacted, level, index) }
            return (level == 0 ? .data : nil, level, index)
        }
    }
}

extension UInt64 {
    /// `self * other`, nil where that overflows.
    fileprivate func product(_ other: UInt64) -> UInt64? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }
}
