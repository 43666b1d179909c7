package import Bytes

extension GPTEntry {
    /// Where each field of a GPT entry lies; the names are those of the UEFI specification, table 5.6.
    package enum Layout {
        package static let size = 128
        package static let typeRange = 0..<16
        package static let firstSector = Field<UInt64>("StartingLBA", at: 32)
        package static let lastSector = Field<UInt64>("EndingLBA", at: 40)
        package static let attributes = Field<UInt64>("Attributes", at: 48)
        package static let nameRange = 56..<128

        package static let fields = [
            AnyField("PartitionTypeGUID", typeRange), AnyField("UniquePartitionGUID", 16..<32),
            AnyField(firstSector), AnyField(lastSector), AnyField(attributes),
            AnyField("PartitionName", nameRange),
        ]
    }
}
