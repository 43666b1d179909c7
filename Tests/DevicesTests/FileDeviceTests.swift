import Bytes
import Devices
import Foundation
import TestSupport
import Testing

@Suite struct FileDeviceTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `reads any range of a regular file`() throws {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = try folder.write("a.img", bytes)
        let device = try FileDevice(path: path)
        #expect(device.byteCount == 10_000)
        #expect(try device.read(at: 0, count: 10_000) == bytes)
        #expect(try device.read(at: 4097, count: 333) == Array(bytes[4097..<4430]))
        #expect(try device.read(at: 10_000, count: 0).isEmpty)
    }

    @Test func `reads the holes of a sparse file as zeros`() throws {
        let path = try folder.sparse("big.img", byteCount: 1 << 40)
        let device = try FileDevice(path: path)
        #expect(device.byteCount == 1 << 40)
        let end = try device.read(at: (1 << 40) - 512, count: 512)
        #expect(end == [UInt8](repeating: 0, count: 512))
    }

    @Test(
        "a range outside the file is an error",
        arguments: [(0, 1001), (1000, 1), (1001, 0), (UInt64.max, 1), (UInt64.max - 3, 8)])
    func outside(offset: UInt64, count: Int) throws {
        let path = try folder.write("a.img", [UInt8](repeating: 1, count: 1000))
        let device = try FileDevice(path: path)
        #expect(
            throws: DeviceError(
                device: path, offset: offset, count: count, .pastEnd(available: 1000))
        ) { try device.read(at: offset, count: count) }
    }

    @Test func `says that a file was truncated meanwhile`() throws {
        let path = try folder.write("a.img", [UInt8](repeating: 1, count: 8192))
        let device = try FileDevice(path: path)
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 5000)
        #expect(try device.read(at: 0, count: 5000).count == 5000)
        let error = #expect(throws: DeviceError.self) { try device.read(at: 4096, count: 4096) }
        #expect(error?.reason == .shortRead(904))
        #expect(error?.description.contains("truncated") == true)
    }

    @Test func `refuses an empty file`() throws {
        let path = try folder.write("empty.img", [])
        #expect(message(path) == "\(path) is an empty file (0 bytes)")
    }

    @Test func `refuses a directory and says what to do`() throws {
        #expect(
            message(folder.path)
                == "\(folder.path) is a directory: name a device or an image file, or give the "
                + "directory where a POOL is asked for")
    }

    @Test func `refuses a pipe without waiting for it`() throws {
        let path = "\(folder.path)/pipe"
        try Command.run("mkfifo", path)
        #expect(message(path)?.contains("is a pipe") == true)
    }

    @Test func `refuses a character device`() {
        #expect(message("/dev/null")?.contains("/dev/null is a character device") == true)
    }

    @Test func `says that a file is missing`() {
        #expect(
            message("\(folder.path)/no.img")
                == "\(folder.path)/no.img cannot be opened: there is no such file or device")
    }

    @Test func `says that a part of the path is a file`() throws {
        let path = try folder.write("a.img", [1])
        #expect(message("\(path)/b")?.contains("a part of the path is not a directory") == true)
    }

    @Test func `says that permission is denied`() throws {
        let path = try folder.write("a.img", [1, 2, 3])
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(
            Unprivileged.run { message(path) }
                == "\(path) cannot be opened: permission denied; run as root or as a user who may "
                + "read it")
    }

    @Test func `knows a file again under another name`() throws {
        let path = try folder.write("a.img", [1])
        let link = "\(folder.path)/b.img"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(try FileIdentity(path: path) == FileIdentity(path: link))
        let other = try folder.write("c.img", [1])
        #expect(try FileIdentity(path: path) != FileIdentity(path: other))
    }

    @Test(
        "gives the size of a block device",
        .enabled(if: LocalDisk.path != nil, "no block device that can be read"))
    func blockDevice() throws {
        let path = try #require(LocalDisk.path)
        let device = try DeviceOpener().open(path)
        let size = try Command.run("blockdev", "--getsize64", path).text
        #expect(String(device.byteCount) == size.trimmingCharacters(in: .newlines))
        #expect(try device.read(at: 0, count: 4096).count == 4096)
    }

    /// What opening `path` complains of.
    private func message(_ path: String) -> String? {
        do {
            _ = try DeviceOpener().open(path)
            return nil
        } catch {
            return error.description
        }
    }
}

/// Some disk of this machine.
private enum LocalDisk {
    static let path: String? = {
        guard Command.exists("blockdev") else { return nil }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/block")) ?? []
        for name in names.sorted() where canOpen("/dev/\(name)") { return "/dev/\(name)" }
        return nil
    }()

    private static func canOpen(_ path: String) -> Bool {
        do {
            _ = try FileDevice(path: path)
            return true
        } catch {
            return false
        }
    }
}
