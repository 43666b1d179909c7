import Foundation
import TestSupport
import Testing

/// The sentence and the exit status for each thing that a user may name by mistake.
@Suite struct BadInputSentenceTests {
    /// What follows `zinspect dump: PATH ` on standard error.
    static let sentences: [BadInput: String] = [
        .emptyFile: "is an empty file (0 bytes)",
        .textFile:
            "has no ZFS label: it holds text, and its 17 bytes are too few for a device of a pool",
        .randomBytes: "has no ZFS label: it holds random or encrypted bytes",
        .zeros: "has no ZFS label: it holds nothing but zeros at its start and end",
        .otherFilesystem: "has no ZFS label: it holds an ext2, ext3 or ext4 file system",
        .emptyDirectory: "holds no devices or image files",
        .missingFile: "cannot be opened: there is no such file or device",
        .characterDevice:
            "is a character device, which has no blocks to read: name a block device or an image file",
        .fifo: "is a pipe, which has no fixed contents: name a device or an image file",
    ]

    @Test(arguments: BadInput.allCases)
    func `dump says exactly what it is`(input: BadInput) throws {
        let answer = try Zinspect.run("dump", input.path)
        #expect(answer.status == 8)
        #expect(answer.output.isEmpty)
        let sentence = try #require(Self.sentences[input])
        #expect(answer.errorText.trimmed == "zinspect dump: \(input.path) \(sentence)")
    }

    @Test func `a real file system of another kind has no labels`() throws {
        let folder = try Scratch()
        let path = "\(folder.path)/ext4.img"
        try Command.run("truncate", "-s", "64M", path)
        try Command.run("mke2fs", "-q", "-t", "ext4", path)
        let answer = try Zinspect.run("labels", path)
        #expect(answer.status == 8)
        #expect(
            answer.errorText.trimmed
                == "zinspect labels: \(path) has no ZFS label, nor has a partition inside it: it holds "
                + "an ext2, ext3 or ext4 file system")
    }

    @Test func `an image that was cut short is told to be`() throws {
        let folder = try Scratch()
        let path = "\(folder.path)/start.img"
        let source = try #require(TestPool.named("basic").devicePaths().first)
        try Command.run("cp", "--sparse=always", source, path)
        try Command.run("truncate", "-s", "300000", path)
        let answer = try Zinspect.run("dump", path)
        #expect(answer.status == 8)
        #expect(
            answer.errorText.hasPrefix(
                "zinspect dump: no uberblock leads to a readable pool: \(path): the device is "
                    + "truncated: it has 300000 bytes, and its label tells of at least 55050240; "))
        #expect(answer.errorText.split(separator: "\n").count == 1)
    }

    @Test func `a raidz2 with two of five devices tells which are missing`() throws {
        let folder = try Scratch()
        for device in try TestPool.named("raidz2").devicePaths().prefix(2) {
            try Command.run("cp", "--sparse=always", device, folder.path)
        }
        let answer = try Zinspect.run("dump", folder.path)
        #expect(answer.status == 4)
        #expect(
            answer.errorText.contains(
                "error: vdev 0: 3 of 5 devices not found: ")
                && answer.errorText.contains(
                    "; not all of it can be read [vdev.devices-insufficient]"),
            "\(answer.errorText)")
    }

    @Test func `two pools in one folder must be told apart by name`() throws {
        let folder = try Scratch()
        for pool in ["basic", "bigdir"] {
            let source = try #require(TestPool.named(pool).devicePaths().first)
            try Command.run("cp", "--sparse=always", source, "\(folder.path)/\(pool).img")
        }
        let answer = try Zinspect.run("dump", folder.path)
        #expect(answer.status == 8)
        let line = answer.errorText.trimmed
        #expect(line.hasPrefix("zinspect dump: \(folder.path) holds 2 pools: basic (GUID "))
        #expect(line.hasSuffix("name one of them and the folder with --search"))
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
