import Datasets
import Devices
import Foundation
import TestSupport
import Testing

/// Each kind of file that is no pool gives one sentence with the cause, and what to do where there is something.
@Suite struct BadInputTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `an empty file`() throws {
        let path = try folder.write("empty.img", [])
        #expect(complaint(path) == "\(path) is an empty file (0 bytes)")
    }

    @Test func `a folder without any file`() {
        #expect(complaint(folder.path) == "\(folder.path) holds no devices or image files")
    }

    @Test func `a folder without any pool`() throws {
        try folder.write("a.txt", Array("hello\n".utf8))
        let path = try folder.write("b.img", [])
        #expect(
            complaint(folder.path)
                == "\(folder.path) holds no device of a pool among its 2 files; the first, "
                + "\(folder.path)/a.txt has no ZFS label: it holds text, and its 6 bytes are too few "
                + "for a device of a pool")
        #expect(complaint(path) == "\(path) is an empty file (0 bytes)")
    }

    @Test func `a text file`() throws {
        let path = try folder.write("notes.txt", Array("Remember the milk.\n".utf8))
        #expect(
            complaint(path)
                == "\(path) has no ZFS label: it holds text, and its 19 bytes are too few for a "
                + "device of a pool")
    }

    @Test func `zeros`() throws {
        let path = try folder.sparse("zeros.img", byteCount: 64 << 20)
        #expect(
            complaint(path)
                == "\(path) has no ZFS label: it holds nothing but zeros at its start and end")
    }

    @Test func `random bytes`() throws {
        var random = Seed.generator()
        let path = try folder.write("random.img", (0..<4 << 20).map { _ in random.next() })
        #expect(complaint(path) == "\(path) has no ZFS label: it holds random or encrypted bytes")
    }

    @Test func `another file system`() throws {
        let path = try folder.sparse("ext4.img", byteCount: 64 << 20)
        try Command.run("mke2fs", "-q", "-t", "ext4", path)
        #expect(
            complaint(path)
                == "\(path) has no ZFS label: it holds an ext2, ext3 or ext4 file system")
    }

    @Test func `an image in another format`() throws {
        let path = try folder.write("disk.qcow2", [0x51, 0x46, 0x49, 0xfb, 0, 0, 0, 3])
        #expect(
            complaint(path)
                == "\(path) has no ZFS label: it holds a QCOW2 disk image; turn it into a raw image "
                + "with qemu-img convert -O raw")
    }

    @Test func `a file that is missing`() {
        let path = "\(folder.path)/no.img"
        #expect(complaint(path) == "\(path) cannot be opened: there is no such file or device")
    }

    @Test func `a file that may not be read`() throws {
        let path = try folder.write("closed.img", [1])
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        // One thread, since a thread that is started takes the user's rights along only of the process.
        let message = Unprivileged.run { complaint(path, PoolSelector(threads: 1)) }
        #expect(
            message
                == "\(path) cannot be opened: permission denied; run as root or as a user who may "
                + "read it")
    }

    @Test func `a pipe and a character device`() throws {
        let path = "\(folder.path)/pipe"
        try Command.run("mkfifo", path)
        #expect(complaint(path).hasPrefix("\(path) is a pipe"))
        #expect(complaint("/dev/null").hasPrefix("/dev/null is a character device"))
    }

    @Test func `the start of an image`() throws {
        let source = try #require(TestPool.named("basic").devicePaths().first)
        let bytes = try FileDevice(path: source).read(at: 0, count: 300_000)
        let path = try folder.write("start.img", bytes)
        let pool = try PoolSelector().select(path)
        #expect(pool.name == "basic")
        let notes = try #require(pool.members.first?.notes)
        #expect(notes.contains("labels 1, 2, 3 have no room on the device"))
        #expect(
            notes.contains(
                "the device is truncated: it has 300000 bytes, and its label tells of at least "
                    + "55050240"))
    }

    @Test func `an image whose front was overwritten`() throws {
        let source = try #require(TestPool.named("basic").devicePaths().first)
        let path = "\(folder.path)/front.img"
        try Command.run("cp", "--sparse=always", source, path)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(repeating: 0x41, count: 512 << 10))
        let pool = try PoolSelector().select(path)
        #expect(pool.name == "basic")
        #expect(pool.members.first?.notes == ["labels 0, 1 are damaged"])
    }

    @Test func `a spare or a cache device named as a pool`() throws {
        let home = try TestPool.named("classes").unpack()
        #expect(
            complaint("\(home)/hs0")
                == "\(home)/hs0 is a hot spare that no pool uses now: name another device of its pool"
        )
        #expect(
            complaint("\(home)/ca0")
                == "\(home)/ca0 is a cache device, which holds copies only: name another device of "
                + "its pool")
    }

    @Test func `a device that fails every read`() {
        let disk = HostileDevice(MemoryDevice(name: "disk", byteCount: 64 << 20), .failing)
        #expect(
            PoolFinder.refusal(of: disk)
                == "disk cannot be read at byte 0 (262144 bytes): the device reports a read error "
                + "(EIO)")
    }

    private func complaint(_ text: String, _ selector: PoolSelector = PoolSelector()) -> String {
        do {
            return "found \(try selector.select(text).title)"
        } catch {
            return error.description
        }
    }
}
