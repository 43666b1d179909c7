package import Bytes

extension MBREntry {
    /// Where each field of a partition record of a master boot record lies; UEFI specification, table 5.2.
    package enum Layout {
        package static let size = 16
        /// Where the four records lie in their sector, and the signature that ends it.
        package static let tableOffset = 446
        package static let tableSignature = Field<UInt16>("Signature", at: 510)
        package static let signatureNumber: UInt16 = 0xaa55

        package static let status = Field<UInt8>("BootIndicator", at: 0)
        package static let type = Field<UInt8>("OSType", at: 4)
        package static let firstSector = Field<UInt32>("StartingLBA", at: 8)
        package static let sectorCount = Field<UInt32>("SizeInLBA", at: 12)

        package static let fields = [
            AnyField(status), AnyField(type), AnyField(firstSector), AnyField(sectorCount),
        ]
    }
}
