import Extract
import Foundation
import Glibc
import TestSupport
import Testing

/// Copies on a real file system are what a kernel recorded of the originals.
@Suite struct RecordedTruthTests {
    /// Pools whose files are all copied, with the dataset at the top and the keys.
    static let pools: [(archive: String, top: String, keys: [String: String])] = [
        ("basic", "basic", [:]), ("v28", "v28", [:]), ("snaps", "snaps", [:]),
        ("holebirth", "holebirth", [:]), ("brt", "brt", [:]), ("raidz1", "rz1", [:]),
        ("be-raidz1", "beraidz", [:]), ("gang", "gang", [:]), ("recsize", "recsize", [:]),
        (
            "crypt", "crypt",
            [
                "crypt/pass": "correct horse battery staple",
                "crypt/hex": "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210",
            ]
        ),
    ]

    @Test("every file of every dataset and snapshot is copied with all it bears", arguments: pools)
    func everything(pool: (archive: String, top: String, keys: [String: String])) throws {
        let source = try ExtractSource(pool.archive, keys: pool.keys)
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try source.extract(
            pool.top, to: tree.path, recursive: true, snapshots: true)
        // Pools made in userland have datasets without a file system.
        let isExpected = summary.unfinished.allSatisfy { $0.kind == "dataset" }
        #expect(isExpected, "\(summary.unfinished.first.map { "\($0)" } ?? "")")
        #expect(summary.incompleteCount == 0)
        let files = try RecordedFile.all(of: pool.archive).filter { !$0.path.hasPrefix(".zfs") }
        #expect(!files.isEmpty)
        let places = files.map { Self.place($0, below: pool.top) }
        // Reading changes times.
        let states = places.map { tree.status($0) }
        let sums = try tree.checksums()
        // A dataset's root lies over the directory that it is mounted on.
        let roots = Set(zip(files, places).filter { $0.0.path == "." }.map(\.1))
        for (index, file) in files.enumerated() {
            let place = places[index]
            if roots.contains(place), file.path != "." { continue }
            // Longer names than Linux takes get others; `NameTests` looks at those.
            // Bytes that are no UTF-8 are recorded as `\xNN`.
            guard !place.contains("\\x") else { continue }
            guard place.split(separator: "/").allSatisfy({ $0.utf8.count <= 255 }) else { continue }
            guard let state = states[index] else {
                Issue.record("\(place) is not there")
                continue
            }
            compare(file, state, place)
            if let sum = file.sha256 { #expect(sums[place] == sum, "\(place)") }
            compareAttributes(file, tree, place)
        }
    }

    /// Where a file lies: datasets below one another, snapshots in `.zfs/snapshot`.
    static func place(_ file: RecordedFile, below top: String) -> String {
        let parts = file.ds.split(separator: "@", maxSplits: 1).map(String.init)
        var names = [String(parts[0].dropFirst(top.count + 1))]
        if parts.count > 1 { names += [".zfs/snapshot", parts[1]] }
        if file.path != "." { names.append(file.path) }
        return names.filter { !$0.isEmpty }.joined(separator: "/")
    }

    private func compare(_ file: RecordedFile, _ status: stat, _ place: String) {
        if let mode = file.mode {
            #expect(String(status.st_mode, radix: 8) == mode, "\(place)")
            #expect(Self.nanoseconds(status.st_mtim) == file.mtime, "\(place)")
        }
        if getuid() == 0, let uid = file.uid {
            #expect(status.st_uid == uid, "\(place)")
            #expect(status.st_gid == file.gid, "\(place)")
        }
        if file.mode?.hasPrefix("100") == true {
            #expect(Int64(status.st_size) == file.size, "\(place)")
            #expect(UInt(status.st_nlink) == file.nlink, "\(place)")
            #expect(Self.nanoseconds(status.st_atim) == file.atime, "\(place)")
        }
        if let rdev = file.rdev {
            #expect([UInt32(status.st_rdev >> 8 & 0xfff), UInt32(status.st_rdev & 0xff)] == rdev)
        }
    }

    private func compareAttributes(_ file: RecordedFile, _ tree: CopiedTree, _ place: String) {
        if let target = file.target {
            let found = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "\(tree.path)/\(place)")
            #expect(found == target, "\(place)")
        }
        for (name, value) in file.xattr ?? [:] where getuid() == 0 || name.hasPrefix("user.") {
            guard let value = Data(base64Encoded: value), value.count < 2000 else { continue }
            #expect(tree.attribute(name, of: place) == [UInt8](value), "\(place): \(name)")
        }
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
