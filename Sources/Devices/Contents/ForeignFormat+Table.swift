extension ForeignFormat {
    /// The formats that people keep on disks and in images, the more telling ones first.
    ///
    /// Places and values are those of each format's own headers, as libblkid and file(1) look for them too.
    static let all: [ForeignFormat] = volumes + fileSystems + images + files

    private static let volumes = [
        ForeignFormat(
            "a LUKS encrypted volume", Mark(0, [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe]),
            advice: "open it with cryptsetup and name the device that appears under /dev/mapper"),
        ForeignFormat(
            "an LVM physical volume", Mark(0x200, "LABELONE"), Mark(0x218, "LVM2 001"),
            advice: "name the logical volume under /dev/mapper"),
        ForeignFormat(
            "a member of a Linux RAID", Mark(0x1000, [0xfc, 0x4e, 0x2b, 0xa9]),
            advice: "assemble it with mdadm and name the array"),
        ForeignFormat(
            "a member of a Linux RAID", Mark(0, [0xfc, 0x4e, 0x2b, 0xa9]),
            advice: "assemble it with mdadm and name the array"),
        ForeignFormat(
            "a bcache or bcachefs device",
            Mark(0x1018, [0xc6, 0x85, 0x73, 0xf6])),
        ForeignFormat("swap space", Mark(4086, "SWAPSPACE2")),
        ForeignFormat("swap space", Mark(65526, "SWAPSPACE2")),
    ]

    private static let fileSystems = [
        ForeignFormat("an XFS file system", Mark(0, "XFSB")),
        ForeignFormat("a btrfs file system", Mark(0x10040, "_BHRfS_M")),
        ForeignFormat("an NTFS file system", Mark(3, "NTFS    ")),
        ForeignFormat("an exFAT file system", Mark(3, "EXFAT   ")),
        ForeignFormat("a FAT file system", Mark(82, "FAT32   "), Mark(510, [0x55, 0xaa])),
        ForeignFormat("a FAT file system", Mark(54, "FAT16   "), Mark(510, [0x55, 0xaa])),
        ForeignFormat("a FAT file system", Mark(54, "FAT12   "), Mark(510, [0x55, 0xaa])),
        ForeignFormat("an ext2, ext3 or ext4 file system", Mark(0x438, [0x53, 0xef])),
        ForeignFormat("an F2FS file system", Mark(0x400, [0x10, 0x20, 0xf5, 0xf2])),
        ForeignFormat("a ReiserFS file system", Mark(0x10034, "ReIsEr")),
        ForeignFormat("a JFS file system", Mark(0x8000, "JFS1")),
        ForeignFormat("an HFS+ file system", Mark(0x400, "H+")),
        ForeignFormat("an HFS+ file system", Mark(0x400, "HX")),
        ForeignFormat("an APFS container", Mark(32, "NXSB")),
        ForeignFormat("a UFS file system", Mark(0x1055c, [0x19, 0x01, 0x54, 0x19])),
        ForeignFormat("an ISO 9660 image", Mark(0x8001, "CD001")),
        ForeignFormat("a UDF image", Mark(0x8001, "BEA01")),
        ForeignFormat("a SquashFS image", Mark(0, "hsqs")),
    ]

    private static let convert = "turn it into a raw image with qemu-img convert -O raw"

    private static let images = [
        ForeignFormat(
            "a QCOW2 disk image", Mark(0, [0x51, 0x46, 0x49, 0xfb]), advice: convert),
        ForeignFormat("a VMDK disk image", Mark(0, "KDMV"), advice: convert),
        ForeignFormat(
            "a VMDK disk image's description", Mark(0, "# Disk DescriptorFile"), advice: convert),
        ForeignFormat(
            "a VDI disk image", Mark(0x40, [0x7f, 0x10, 0xda, 0xbe]), advice: convert),
        ForeignFormat("a VHDX disk image", Mark(0, "vhdxfile"), advice: convert),
        ForeignFormat("a VHD disk image", Mark(0, "conectix"), advice: convert),
    ]

    private static let files = [
        ForeignFormat(
            "gzip-compressed data", Mark(0, [0x1f, 0x8b, 0x08]), advice: "unpack it first"),
        ForeignFormat(
            "zstd-compressed data", Mark(0, [0x28, 0xb5, 0x2f, 0xfd]), advice: "unpack it first"),
        ForeignFormat(
            "xz-compressed data", Mark(0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
            advice: "unpack it first"),
        ForeignFormat("bzip2-compressed data", Mark(0, "BZh"), advice: "unpack it first"),
        ForeignFormat(
            "LZ4-compressed data", Mark(0, [0x04, 0x22, 0x4d, 0x18]), advice: "unpack it first"),
        ForeignFormat("a ZIP archive", Mark(0, [0x50, 0x4b, 3, 4]), advice: "unpack it first"),
        ForeignFormat("a tar archive", Mark(257, "ustar"), advice: "unpack it first"),
        ForeignFormat(
            "a ZFS send stream", Mark(8, [0xac, 0xcb, 0xba, 0xf5, 2, 0, 0, 0]),
            advice: "receive it into a pool"),
        ForeignFormat(
            "a ZFS send stream", Mark(8, [0, 0, 0, 2, 0xf5, 0xba, 0xcb, 0xac]),
            advice: "receive it into a pool"),
        ForeignFormat("a program", Mark(0, [0x7f, 0x45, 0x4c, 0x46])),
        ForeignFormat("a PDF document", Mark(0, "%PDF-")),
        ForeignFormat("a picture", Mark(0, [0x89, 0x50, 0x4e, 0x47])),
        ForeignFormat("a picture", Mark(0, [0xff, 0xd8, 0xff])),
        ForeignFormat("an SQLite database", Mark(0, "SQLite format 3")),
    ]
}
