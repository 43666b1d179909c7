/// A part of a disk that its partition table sets off.
package struct Partition: Sendable, Hashable {
    /// As the system counts: 1, 2, …; partitions inside an extended one begin at 5.
    package let number: Int
    /// In bytes from the start of the disk.
    package let range: Range<UInt64>
    /// The type as it stands in the table: a GUID, or a byte in hexadecimal.
    package let type: String
    /// The name in the table; only GPT has names.
    package let label: String

    /// What the type means, where it is one that ZFS pools are found on or beside.
    package var typeName: String? { Self.typeNames[type] }

    /// The partition as a device, called `disk.img (partition 1)`.
    ///
    /// Throws where it reaches past the end of `disk`.
    package func device(on disk: any BlockDevice) throws(DeviceError) -> SlicedDevice {
        try SlicedDevice(disk, range, name: "\(disk.name) (partition \(number))")
    }

    private static let typeNames = [
        "6A898CC3-1DD2-11B2-99A6-080020736631": "ZFS",
        "516E7CBA-6ECF-11D6-8FF8-00022D09712B": "FreeBSD ZFS",
        "6A945A3B-1DD2-11B2-99A6-080020736631": "Solaris reserved",
        "C12A7328-F81F-11D2-BA4B-00A0C93EC93B": "EFI system",
        "21686148-6449-6E6F-744E-656564454649": "BIOS boot",
        "0FC63DAF-8483-4772-8E79-3D69D8477DE4": "Linux file system",
        "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F": "Linux swap",
        "E6D6D379-F507-44C2-A23C-238F2A3DF928": "Linux LVM",
        "A19D880F-05FC-4D3B-A006-743F0F84911E": "Linux RAID",
        "516E7CB5-6ECF-11D6-8FF8-00022D09712B": "FreeBSD swap",
        "83BD6B9D-7F41-11DC-BE0B-001560B84F0F": "FreeBSD boot",
        "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7": "Microsoft basic data",
        "0xbf": "Solaris", "0x83": "Linux", "0x82": "Linux swap", "0x8e": "Linux LVM",
        "0xa5": "FreeBSD", "0x07": "NTFS or exFAT", "0x0c": "FAT32", "0xef": "EFI system",
    ]
}
