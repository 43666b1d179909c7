/// The walk over the pairs of a packed nvlist, whatever its encoding.
///
/// ZFS gives a list up at the first pair that is wrong. Here each pair has two ends: where its value
/// stops, and where its header says. When they disagree, the walk goes on where a pair follows, and
/// when none does, at the next place that looks like one. How much is read in all is bounded by a
/// small multiple of the bytes there are.
struct NVListDecoder {
    /// The deepest nesting that is followed; ZFS itself stops at 20 in the kernel and 100 elsewhere.
    static let depthLimit = 64

    let encoding: NVEncoding
    /// The order of the integers: always big for XDR.
    let order: ByteOrder
    private(set) var findings: [NVFinding] = []
    private var path: [String] = []
    private var pairsLeft: Int
    private var valueBytesLeft: Int

    init(encoding: NVEncoding, order: ByteOrder, byteCount: Int) {
        self.encoding = encoding
        self.order = order
        pairsLeft = byteCount / NVPairHeader.smallestSize + 1
        valueBytesLeft = byteCount * 4
    }

    mutating func note(_ offset: Int, _ what: NVFinding.What) {
        let name = path.reduce(into: "") { text, part in
            text += text.isEmpty || part.hasPrefix("[") ? part : "." + part
        }
        findings.append(NVFinding(byteOffset: offset, path: name, what: what))
    }

    /// The nested list whose first pair is at `start`; `part` is its place in the path of findings.
    mutating func nested(
        _ bytes: RawSpan, at start: Int, flags: UInt32, version: Int32, part: String?,
        resyncLimit: Int, depth: Int
    ) throws(NVFailure) -> (NVList, end: Int) {
        guard depth < Self.depthLimit else {
            throw NVFailure(start, .tooDeep(limit: Self.depthLimit))
        }
        if let part { path.append(part) }
        defer { if part != nil { path.removeLast() } }
        if version != 0 { note(start, .badVersion(version)) }
        if !NVList.isKnown(flags: flags) { note(start, .badFlags(flags)) }
        let (pairs, end) = pairs(
            bytes, at: start, resyncLimit: resyncLimit, flags: flags, depth: depth + 1)
        return (NVList(pairs, version: version, flags: flags), end)
    }

    /// The pairs from `start` up to the list's end mark, and where the byte after the mark is.
    ///
    /// `resyncLimit` is where the enclosing pair says that the list ends: a search for the next pair
    /// after damage stops there.
    mutating func pairs(
        _ bytes: RawSpan, at start: Int, resyncLimit: Int, flags: UInt32, depth: Int
    ) -> (pairs: [NVPair], end: Int) {
        var pairs: [NVPair] = []
        var names: Set<NVString> = []
        var cursor = start
        while !NVPairHeader.isEndMark(bytes, at: cursor, encoding) {
            let limit = cursor < resyncLimit ? resyncLimit : bytes.byteCount
            guard pairsLeft > 0, valueBytesLeft > 0 else {
                note(cursor, .tooMany)
                return (pairs, bytes.byteCount)
            }
            pairsLeft -= 1
            let header: NVPairHeader
            do {
                header = try NVPairHeader(bytes, at: cursor, encoding, order)
            } catch {
                guard let next = passOver(bytes, at: cursor, limit: limit, error) else {
                    return (pairs, limit)
                }
                cursor = next
                continue
            }
            path.append(header.name.text)
            if !NVPairHeader.isClean(header.name) {
                note(header.offset, .badName("holds control characters"))
            }
            if !names.insert(header.name).inserted && flags & NVList.uniqueName != 0 {
                note(cursor, .duplicateName)
            }
            let (value, next) = value(bytes, header, limit: limit, depth: depth)
            path.removeLast()
            pairs.append(NVPair(nameBytes: header.name, value: value))
            cursor = next
        }
        return (pairs, cursor + NVPairHeader.endMarkSize(encoding))
    }

    /// Notes a pair whose header can't be read, and finds the next one; nil where there is none.
    private mutating func passOver(
        _ bytes: RawSpan, at cursor: Int, limit: Int, _ failure: NVFailure
    ) -> Int? {
        guard let next = nextPair(bytes, after: cursor, limit: limit) else {
            if limit - cursor > NVPairHeader.endMarkSize(encoding) {
                note(failure.offset, failure.what)
            }
            note(cursor, .noEnd)
            return nil
        }
        note(failure.offset, failure.what)
        note(cursor, .skipped(next - cursor))
        return next
    }

    /// One value, and where the next pair begins.
    private mutating func value(
        _ bytes: RawSpan, _ header: NVPairHeader, limit: Int, depth: Int
    ) -> (NVValue, next: Int) {
        let isTrusted =
            header.declaredEnd >= header.valueOffset && isBoundary(bytes, at: header.declaredEnd)
        do {
            let (value, end) =
                switch encoding {
                case .xdr:
                    try xdrValue(
                        bytes, header, resyncLimit: isTrusted ? header.declaredEnd : limit,
                        depth: depth)
                case .native:
                    try nativeValue(
                        bytes, header, isTrusted: isTrusted, resyncLimit: limit, depth: depth)
                }
            let fits = check(header, value, end)
            if value.type == .list || value.type == .listArray { return (value, end) }
            valueBytesLeft -= end - header.offset
            if end == header.declaredEnd { return (value, end) }
            let isRight = !isTrusted || fits && isBoundary(bytes, at: end)
            return (value, isRight ? end : header.declaredEnd)
        } catch {
            note(error.offset, error.what)
            valueBytesLeft -= max(0, error.offset - header.offset)
            let next: Int
            if isTrusted && header.declaredEnd >= error.offset {
                next = header.declaredEnd
            } else {
                next = nextPair(bytes, after: error.offset, limit: limit) ?? limit
                note(header.offset, .skipped(next - header.offset))
            }
            let raw = try? bytes.slice(
                at: header.valueOffset, count: next - header.valueOffset)
            return (.unreadable(header.type, raw?.array ?? []), next)
        }
    }

    /// Notes sizes and counts in the header that do not fit the value. Gives whether the size of the
    /// pair in memory fits, which tells a wrong value from a wrong size.
    private mutating func check(_ header: NVPairHeader, _ value: NVValue, _ end: Int) -> Bool {
        if !header.type.isArray && !header.type.allows(count: header.count) {
            note(
                header.offset,
                .wrongElementCount(
                    type: header.type, declared: header.count, expected: value.elementCount))
        }
        let packedSize = end - header.offset + value.uncountedXDRBytes
        if encoding == .xdr && packedSize != header.packedSize {
            note(
                header.offset,
                .wrongEncodedSize(declared: header.packedSize, expected: packedSize))
        }
        let expected = value.pairSize(nameByteCount: header.name.bytes.count)
        guard let expected, header.memorySize != expected else { return true }
        note(header.offset, .wrongDecodedSize(declared: header.memorySize, expected: expected))
        return false
    }

    /// Whether a list can go on, or end, at `offset`.
    private func isBoundary(_ bytes: RawSpan, at offset: Int) -> Bool {
        NVPairHeader.isEndMark(bytes, at: offset, encoding)
            || NVPairHeader.isLikely(bytes, at: offset, encoding, order)
    }

    /// The next place after `offset` that looks like a pair; pairs begin at multiples of four bytes.
    private func nextPair(_ bytes: RawSpan, after offset: Int, limit: Int) -> Int? {
        // Sound: both are places inside the bytes or just behind them, far below Int.max.
        var cursor = (offset + 4) / 4 * 4
        while cursor <= limit - NVPairHeader.smallestSize {
            if NVPairHeader.isLikely(bytes, at: cursor, encoding, order) { return cursor }
            cursor += 4
        }
        return nil
    }
}
