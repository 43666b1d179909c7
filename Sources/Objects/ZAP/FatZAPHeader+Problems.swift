import Bytes

extension FatZAPHeader {
    /// What the fields say that no header can say, the table's own apart (`fzap_upgrade`, `module/zfs/zap_fat.c`).
    /// `object` is the one whose header it is.
    func fieldProblems(of object: DMUObject) -> [ZAPProblem] {
        var problems: [ZAPProblem] = []
        func add(_ field: Field<UInt64>, _ what: String, _ stored: UInt64) {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: field.offset, "\(field.name) \(what)", stored: stored))
        }
        if salt & 1 == 0 { add(Layout.salt, "is even, which no salt is", salt) }
        if normalization & ~ZAPHash.knownNormalization != 0 {
            add(Layout.normalization, "has unknown flags", normalization)
        }
        if normalization != 0, !ZAP.normalizes(object.type) {
            add(
                Layout.normalization, "is set, and names of this type are not normalized",
                normalization)
        }
        if flags.rawValue > 7 || flags.contains(.preHashedKeys) && !flags.contains(.wordKeys) {
            add(Layout.flags, "has flags that don't go together or are unknown", flags.rawValue)
        }
        if hasEmbeddedTable {
            if tableBlock != 0 {
                add(Layout.tableBlock, "is not 0 in an embedded table", tableBlock)
            }
            if nextTableBlock != 0 {
                add(Layout.nextTableBlock, "is not 0 in an embedded table", nextTableBlock)
            }
        }
        if nextTableBlock == 0, tableBlocksCopied != 0 {
            add(
                Layout.tableBlocksCopied, "is not 0, but no table is being copied",
                tableBlocksCopied)
        }
        if nextTableBlock != 0, nextTableBlock >= freeBlock {
            add(Layout.nextTableBlock, "is past zap_freeblk, \(freeBlock)", nextTableBlock)
        }
        // A shrink lowers it and leaves the dnode as it is; a growing table takes its blocks before it writes them.
        if nextTableBlock == 0, freeBlock > object.blockCount {
            add(Layout.freeBlock, "is past the last block of the object", freeBlock)
        }
        if tableBlocksCopied > tableBlockCount {
            add(
                Layout.tableBlocksCopied, "is more than zt_numblks, \(tableBlockCount)",
                tableBlocksCopied)
        }
        return problems
    }
}
