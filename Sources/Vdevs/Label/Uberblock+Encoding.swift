package import Bytes

extension Uberblock {
    /// Writes the fields into a slot in the byte order of the uberblock; the checksum at the end of the
    /// slot is `LabelChecksum.seal`'s.
    package func encode(into slot: inout [UInt8]) throws(FormatError) {
        try Layout.magic.write(Layout.magicNumber, into: &slot, order)
        try Layout.version.write(version, into: &slot, order)
        try Layout.txg.write(txg.rawValue, into: &slot, order)
        try Layout.guidSum.write(guidSum, into: &slot, order)
        try Layout.timestamp.write(timestamp, into: &slot, order)
        for index in rootPointer.words.indices {
            let word = Field<UInt64>("ub_rootbp", at: Layout.rootPointerOffset + index * 8)
            try word.write(rootPointer.words[index], into: &slot, order)
        }
        try Layout.softwareVersion.write(softwareVersion, into: &slot, order)
        try Layout.mmpMagic.write(multihost.magic, into: &slot, order)
        try Layout.mmpDelay.write(multihost.delay, into: &slot, order)
        try Layout.mmpConfig.write(multihost.config, into: &slot, order)
        try Layout.checkpointTxg.write(checkpointTxg.rawValue, into: &slot, order)
        try Layout.reflow.write(reflow.word, into: &slot, order)
    }
}
