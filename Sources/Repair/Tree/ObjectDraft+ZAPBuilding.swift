import Bytes
package import Objects

extension ObjectDraft {
    /// Writes a ZAP anew from its entries: as one block of slots where it is one and they fit, else as a fat one.
    ///
    /// A fat ZAP keeps the size of its blocks; a micro ZAP that outgrows its block gets fat ones of 16 KiB.
    package mutating func rebuildZAP(
        _ entries: [ZAPBuilder.Entry], _ builder: ZAPBuilder, isMicro: Bool
    ) throws(RepairError) {
        let number = number
        let size = try blockSize
        if isMicro {
            let block = try RepairError.format(of: number) { () throws(FormatError) in
                try builder.micro(entries, size: size)
            }
            if let block { return try replaceBlocks([block]) }
        }
        let fatSize = isMicro || size < 1024 || size & (size - 1) != 0 ? Self.fatBlockSize : size
        let blocks = try RepairError.format(of: number) { () throws(FormatError) in
            try builder.fat(entries, blockSize: fatSize)
        }
        try set(Dnode.Layout.dataBlockSectors, UInt16(fatSize >> 9))
        try replaceBlocks(blocks)
    }

    /// `fzap_default_block_shift` is 14.
    private static let fatBlockSize = 1 << 14
}
