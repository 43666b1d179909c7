import Objects

/// What the entries of a space map add up to: bytes allocated less bytes freed, as its header says it (`smp_alloc`).
///
/// All space maps keep it, also those that belong to no metaslab, since all are written alike. Mirrors `space_map_write` and
/// `space_map_incremental_destroy` (`module/zfs/space_map.c`).
struct SpaceMapBalance {
    private let shift: UInt8
    /// nil once a number of bytes has passed 64 bits.
    private(set) var bytes: Int64? = 0

    init(shift: UInt8) { self.shift = shift }

    mutating func add(_ entry: SpaceMapEntry) {
        guard let before = bytes, let run = Int64(exactly: entry.run), shift < 64,
            run <= .max >> Int64(shift)
        else {
            bytes = nil
            return
        }
        let size = run << Int64(shift)
        let (sum, overflow) =
            entry.kind == .allocation
            ? before.addingReportingOverflow(size) : before.subtractingReportingOverflow(size)
        bytes = overflow ? nil : sum
    }

    /// What is wrong with the header of a map all of whose entries were added; nil where it is right.
    func flaw(in header: SpaceMapHeader) -> String? {
        guard let bytes, bytes != header.allocated else { return nil }
        return "smp_alloc is \(header.allocated), but the entries add up to \(bytes)"
    }
}
