import Bytes

extension PlainLayout {
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        let offset = try deviceOffset(place)
        // Reads ask the first side that was not away; a place that was moved to has no such rule.
        var isFirst = place.depth == 0
        member.forEachLeaf(at: offset, place) { leaf, isBehind in
            visit(
                CopyRun(
                    leaf: leaf.index, offset: offset, byteCount: bytes.byteCount, role: .copy,
                    isBehind: isBehind, isReadFirst: isFirst && !isBehind),
                bytes)
            if !isBehind { isFirst = false }
        }
    }
}

extension LayeredMirror {
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        for side in sides {
            // Which side was read is not known here, so all are looked at.
            try side.forEachCopy(of: bytes, at: place) { run, expected in
                visit(
                    CopyRun(
                        leaf: run.leaf, offset: run.offset, byteCount: run.byteCount,
                        role: run.role, isBehind: run.isBehind, isReadFirst: false),
                    expected)
            }
        }
    }
}

extension IndirectLayout {
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        for segment in try segments(of: place, count: bytes.byteCount) {
            let target = place.moved(to: segment.vdev, offset: segment.offset)
            let part = bytes.extracting(
                segment.blockOffset..<segment.blockOffset + segment.byteCount)
            try place.tree.top(target.vdev).layout.forEachCopy(of: part, at: target, visit)
        }
    }
}

extension AbsentLayout {
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        throw error
    }
}
