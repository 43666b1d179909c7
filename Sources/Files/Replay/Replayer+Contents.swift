import Vdevs

/// Records that change the bytes of files.
extension Replayer {
    mutating func write(_ body: LoggedWrite) throws(Refusal) {
        // Writes may be logged after the removal of their file, and then mean nothing.
        guard var file = try? attributes(body.object) else { return }
        let (end, overflow) = body.offset.addingReportingOverflow(body.length)
        guard !overflow else { throw Refusal(why: "it reaches past the highest offset") }
        switch body.source {
        case .tree: file.size = max(file.size, end)
        case .inline(let bytes):
            changes.contents[body.object, default: FileEdits()].lay(
                body.offset..<end, .bytes(bytes, at: body.offset))
            file.size = max(file.size, end)
        case .block:
            let size = UInt64(body.pointer.logicalSize)
            guard size > 0 else { throw Refusal(why: "its block has no bytes") }
            // The whole block was synced, though the write was of a part of it.
            let start = body.length < size ? body.offset - body.offset % size : body.offset
            let (blockEnd, passes) = start.addingReportingOverflow(size)
            guard !passes else { throw Refusal(why: "it reaches past the highest offset") }
            file.size = file.size < end ? end : max(file.size, blockEnd)
            changes.contents[body.object, default: FileEdits()].lay(
                start..<blockEnd,
                body.pointer.isHole ? .zeros : .block(body.pointer, at: start))
        }
        changes.files[body.object] = file
    }

    mutating func truncate(_ body: LoggedTruncation) throws(Refusal) {
        var file = try attributes(body.object)
        let (end, overflow) = body.offset.addingReportingOverflow(body.length)
        guard !overflow else { throw Refusal(why: "it reaches past the highest offset") }
        if body.offset > file.size || body.length == 0 {
            resize(&file, to: body.offset)
        } else {
            changes.contents[body.object, default: FileEdits()].lay(body.offset..<end, .zeros)
        }
        changes.files[body.object] = file
    }

    /// Cuts a file off, or makes it longer by zeros.
    mutating func resize(_ file: inout ObjectAttributes, to size: UInt64) {
        if size < file.size || changes.contents[file.object] != nil {
            changes.contents[file.object, default: FileEdits()].lay(size..<UInt64.max, .zeros)
        }
        file.size = size
    }

    mutating func clone(_ body: LoggedClone) throws(Refusal) {
        var file = try attributes(body.object)
        guard body.blockSize > 0 else { throw Refusal(why: "its blocks have no size") }
        var place = body.offset
        for pointer in body.pointers {
            let (end, overflow) = place.addingReportingOverflow(body.blockSize)
            guard !overflow else { throw Refusal(why: "it reaches past the highest offset") }
            changes.contents[body.object, default: FileEdits()].lay(
                place..<end, pointer.isHole ? .zeros : .block(pointer, at: place))
            place = end
        }
        let (end, overflow) = body.offset.addingReportingOverflow(body.length)
        guard !overflow else { throw Refusal(why: "it reaches past the highest offset") }
        file.size = max(file.size, end)
        changes.files[body.object] = file
    }
}
