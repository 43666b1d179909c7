package import Bytes

extension GPTHeader {
    /// Where each field of a GPT header lies; the names are those of the UEFI specification, table 5.5.
    package enum Layout {
        /// "EFI PART" as a little-endian number.
        package static let signatureNumber: UInt64 = 0x5452_4150_2049_4645
        /// The bytes that the header's checksum covers at least.
        package static let minimumSize: UInt32 = 92

        package static let signature = Field<UInt64>("Signature", at: 0)
        package static let revision = Field<UInt32>("Revision", at: 8)
        package static let headerSize = Field<UInt32>("HeaderSize", at: 12)
        package static let headerCRC = Field<UInt32>("HeaderCRC32", at: 16)
        package static let ownSector = Field<UInt64>("MyLBA", at: 24)
        package static let otherSector = Field<UInt64>("AlternateLBA", at: 32)
        package static let firstUsable = Field<UInt64>("FirstUsableLBA", at: 40)
        package static let lastUsable = Field<UInt64>("LastUsableLBA", at: 48)
        package static let entriesSector = Field<UInt64>("PartitionEntryLBA", at: 72)
        package static let entryCount = Field<UInt32>("NumberOfPartitionEntries", at: 80)
        package static let entrySize = Field<UInt32>("SizeOfPartitionEntry", at: 84)
        package static let entriesCRC = Field<UInt32>("PartitionEntryArrayCRC32", at: 88)

        package static let fields = [
            AnyField(signature), AnyField(revision), AnyField(headerSize), AnyField(headerCRC),
            AnyField(ownSector), AnyField(otherSector), AnyField(firstUsable), AnyField(lastUsable),
            AnyField("DiskGUID", 56..<72), AnyField(entriesSector), AnyField(entryCount),
            AnyField(entrySize), AnyField(entriesCRC),
        ]
    }
}
