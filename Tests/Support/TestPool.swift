import Foundation
import Synchronization

/// A real pool, packed in `TestPools/`, whose facts are recorded beside it.
///
/// Tests read the unpacked files and never write them: they are kept under `.build` and shared by all
/// runs. A test that needs to change a pool works on `copy(to:)`.
package struct TestPool: Sendable, Hashable {
    /// The archive's name without its ending: `raidz1`.
    package let name: String
    /// The path of `NAME.tar.zst`.
    package let archive: String

    /// Every pool of `TestPools/` and, where `ZINSPECT_POOLS` names a directory, of that one too; sorted
    /// by name.
    package static let all: [TestPool] = {
        var byName: [String: TestPool] = [:]
        let extra = ProcessInfo.processInfo.environment["ZINSPECT_POOLS"]
        for folder in [extra, Project.testPools].compactMap(\.self) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for file in names where file.hasSuffix(".tar.zst") && !file.hasSuffix(".truth.tar.zst")
            {
                let name = String(file.dropLast(".tar.zst".count))
                byName[name] = TestPool(name: name, archive: "\(folder)/\(file)")
            }
        }
        return byName.values.sorted { $0.name < $1.name }
    }()

    /// The pool of that name in `TestPools/`.
    package static func named(_ name: String) -> TestPool {
        TestPool(name: name, archive: "\(Project.testPools)/\(name).tar.zst")
    }

    /// A pool that is packed in any place.
    package init(name: String, archive: String) {
        self.name = name
        self.archive = archive
    }

    /// The directory that holds the pool's vdev files; unpacks them at the first call.
    package func unpack() throws -> String {
        try Self.unpacked.withLock { known in
            if let folder = known[archive] { return folder }
            let folder = try unpackOnce()
            known[archive] = folder
            return folder
        }
    }

    /// The paths of the vdev files, sorted by name.
    package func devicePaths() throws -> [String] {
        let folder = try unpack()
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .map { "\(folder)/\($0)" }
            .filter { path in
                let attributes = try? FileManager.default.attributesOfItem(atPath: path)
                return attributes?[.type] as? FileAttributeType == .typeRegular
            }
    }

    /// The images of old pools that Debian's package zfs-test installs, as if they were an archive; nil
    /// where it is not installed.
    package static let oldImages: TestPool? = {
        let folder = "/usr/share/zfs/zfs-tests/tests/functional/cli_root/zpool_upgrade/blockfiles"
        guard FileManager.default.fileExists(atPath: folder) else { return nil }
        return TestPool(name: "zfs-test", archive: folder)
    }()

    /// Unpacks a copy of one's own below `folder` and returns where it is.
    package func copy(to folder: String) throws -> String {
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard !archive.hasSuffix(".tar.zst") else {
            try Command.run("tar", "-x", "-S", "-I", "zstd", "-f", archive, "-C", folder)
            return "\(folder)/\(name)"
        }
        let place = "\(folder)/\(name)"
        try files.createDirectory(atPath: place, withIntermediateDirectories: true)
        for image in try files.contentsOfDirectory(atPath: archive) where image.hasSuffix(".bz2") {
            // Sparse, since the images are 3 GB of mostly zeros.
            try Command.run(
                "sh", "-c", "bzip2 -dc \"$1\" | dd conv=sparse bs=64k of=\"$2\" status=none", "sh",
                "\(archive)/\(image)", "\(place)/\(image.dropLast(4))")
        }
        return place
    }

    /// Where each archive that this process has asked for lies unpacked.
    private static let unpacked = Mutex<[String: String]>([:])

    /// What tells this archive from another of its name.
    private func fingerprint() throws -> String {
        guard archive.hasSuffix(".tar.zst") else { return "images" }
        let packed = try Data(contentsOf: URL(fileURLWithPath: archive))
        // A zstd frame ends with a checksum of what it holds, so this names the content.
        let checksum = packed.suffix(4).map { String(UInt16($0) + 256, radix: 16).dropFirst() }
        return "\(packed.count)-\(checksum.joined())"
    }

    /// Unpacks beside the final place and renames, so that two processes can't see half a pool.
    private func unpackOnce() throws -> String {
        let files = FileManager.default
        let place = "\(Project.cache)/\(name)-\(try fingerprint())"
        if !files.fileExists(atPath: place) {
            let temporary = "\(place).\(ProcessInfo.processInfo.processIdentifier)"
            _ = try copy(to: temporary)
            do {
                try files.moveItem(atPath: temporary, toPath: place)
            } catch  where files.fileExists(atPath: place) {
                try files.removeItem(atPath: temporary)
            }
        }
        return "\(place)/\(name)"
    }
}

extension TestPool: CustomStringConvertible {
    package var description: String { name }
}
