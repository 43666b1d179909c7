import Datasets
import Files
import Objects
import TestSupport
import Testing

/// Ways from a path to a file and back.
@Suite struct PathTests {
    private static func filesystem(_ pool: String, _ dataset: String) throws -> Filesystem {
        for candidate in try TestPool.named(pool).candidates() {
            let pool = try Pool.open(candidate)
            guard let found = try pool.datasets().dataset(named: dataset) else { continue }
            return try Filesystem(try pool.objectSet(of: found))
        }
        throw FilesError(.damaged("no \(dataset)"))
    }

    @Test func `a path leads to the recorded object, and the object back to a path`() throws {
        let filesystem = try Self.filesystem("basic", "basic")
        let files = try RecordedFiles(of: .named("basic")).byDataset["basic"] ?? [:]
        for (path, recorded) in files where path != "." {
            let file = try filesystem.file(at: path)
            #expect(file.number == recorded.ino)
            let back = Filesystem.text(try filesystem.path(of: file.number))
            // A file with several names has the path of one of them.
            #expect(files[String(back.dropFirst())]?.ino == recorded.ino)
        }
    }

    @Test func `many objects get their paths at once, and what is none gets none`() throws {
        let filesystem = try Self.filesystem("basic", "basic")
        let files = try RecordedFiles(of: .named("basic")).byDataset["basic"] ?? [:]
        let search = PathSearch(filesystem, for: files.values.compactMap(\.ino) + [0, 1, 1 << 40])
        for (path, recorded) in files where path != "." {
            let number = try #require(recorded.ino)
            let back = Filesystem.text(try #require(search.path(of: number)))
            #expect(files[String(back.dropFirst())]?.ino == recorded.ino)
        }
        #expect(search.path(of: filesystem.root) == [])
        for nothing: UInt64 in [0, 1, 1 << 40] { #expect(search.path(of: nothing) == nil) }
    }

    @Test func `dots and empty components stand for directories`() throws {
        let filesystem = try Self.filesystem("basic", "basic")
        #expect(try filesystem.file(at: "").number == filesystem.root)
        #expect(try filesystem.file(at: "/../../.").number == filesystem.root)
        let direct = try filesystem.file(at: "/tree/sub0/hard2").number
        #expect(try filesystem.file(at: "tree//sub1/../sub0/./hard2").number == direct)
    }

    @Test func `a path through a file or to nothing says so`() throws {
        let filesystem = try Self.filesystem("basic", "basic")
        func reason(_ path: String) -> FilesError.Reason? {
            do throws(FilesError) {
                _ = try filesystem.file(at: path)
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(reason("/text.txt/below") == .notDirectory("file"))
        #expect(reason("/tree/nothing")?.description.contains("there is no nothing") == true)
    }
}
