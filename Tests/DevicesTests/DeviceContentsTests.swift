import Devices
import Foundation
import TestSupport
import Testing

@Suite struct DeviceContentsTests {
    @Test(
        "recognises what the format's own program wrote",
        arguments: [
            ("mke2fs", ["-q", "-t", "ext4"], "an ext2, ext3 or ext4 file system"),
            ("mke2fs", ["-q", "-t", "ext2"], "an ext2, ext3 or ext4 file system"),
            ("mkswap", [], "swap space"),
            ("mkfs.xfs", ["-q"], "an XFS file system"),
            ("mkfs.btrfs", ["-q"], "a btrfs file system"),
            ("mkfs.fat", [], "a FAT file system"),
            ("mkfs.ntfs", ["-q", "-F"], "an NTFS file system"),
            ("mkfs.exfat", [], "an exFAT file system"),
            ("mkfs.f2fs", ["-q"], "an F2FS file system"),
        ] as [(String, [String], String)])
    func made(program: String, options: [String], name: String) throws {
        guard Command.exists(program) else { return }
        let folder = try ScratchFolder()
        let path = try folder.sparse("fs.img", byteCount: 400 << 20)
        _ = try Command(program, options + [path])
        #expect(try DeviceContents(of: FileDevice(path: path)).description == name)
    }

    @Test(
        "recognises formats by their published marks",
        arguments: [
            (0, Array("XFSB".utf8), "an XFS file system"),
            (65600, Array("_BHRfS_M".utf8), "a btrfs file system"),
            (3, Array("NTFS    ".utf8), "an NTFS file system"),
            (0, [0x4c, 0x55, 0x4b, 0x53, 0xba, 0xbe, 0, 2], "a LUKS encrypted volume"),
            (32769, Array("CD001".utf8), "an ISO 9660 image"),
            (0, [0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3], "a QCOW2 disk image"),
            (257, Array("ustar".utf8), "a tar archive"),
        ] as [(UInt64, [UInt8], String)])
    func marked(offset: UInt64, bytes: [UInt8], name: String) throws {
        let device = MemoryDevice(byteCount: 1 << 20, pieces: [offset: bytes])
        #expect(try DeviceContents(of: device).description == name)
    }

    @Test func `a volume within has advice how to get at it`() throws {
        let device = MemoryDevice(
            byteCount: 1 << 20,
            pieces: [0x200: Array("LABELONE".utf8), 0x218: Array("LVM2 001".utf8)])
        let contents = try DeviceContents(of: device)
        #expect(contents.description == "an LVM physical volume")
        #expect(contents.advice == "name the logical volume under /dev/mapper")
    }

    @Test("tells zeros, text and random bytes apart", arguments: [600, 5000, 200_000])
    func plain(count: Int) throws {
        let zeros = MemoryDevice([UInt8](repeating: 0, count: count))
        #expect(try DeviceContents(of: zeros) == .zeros)
        let line = Array("A line of text, with an ümlaut in it.\n".utf8)
        let text = (0..<count).map { line[$0 % line.count] }
        let whole = Array(text.prefix(count / line.count * line.count))
        #expect(try DeviceContents(of: MemoryDevice(whole)) == .text)
        var random = Seed.generator()
        let noise = (0..<count).map { _ in random.next() as UInt8 }
        #expect(
            try DeviceContents(of: MemoryDevice(noise)) == (count > 20_000 ? .random : .unknown))
    }

    @Test func `what is only at the end is not nothing`() throws {
        let device = MemoryDevice(byteCount: 1 << 24, pieces: [(1 << 24) - 100: [1]])
        #expect(try DeviceContents(of: device) == .unknown)
    }

    @Test func `a device that cannot be read is an error`() {
        let device = HostileDevice(MemoryDevice(byteCount: 1 << 20), .failing)
        #expect(throws: DeviceError.self) { try DeviceContents(of: device) }
    }
}
