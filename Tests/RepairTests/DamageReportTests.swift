import Bytes
import Datasets
import Files
import Foundation
import Objects
import TestSupport
import Testing

/// The damage reports beside an undo log: all that was given up, by dataset and path, once for programs and once for people.
///
/// Objects, paths and records are what zdb says of the pools before they are damaged.
@Suite struct DamageReportTests {
    /// Repairs the pool with the command; returns the lines of all rounds' reports, and the texts.
    private func reports(_ pool: String) throws -> (losses: [JSONValue], text: String) {
        let folder = try ScratchFolder()
        let run = try Zinspect.run(
            "repair", pool, "--apply", "--yes-rebuild", "--yes-discard", "--force-unwatched",
            "--undo-log", "\(folder.path)/r.undo")
        #expect([1, 5].contains(run.status), "\(run.text) \(run.errorText)")
        var losses: [JSONValue] = []
        var text = ""
        for stem in ["r", "r-2", "r-3", "r-4"] {
            let path = "\(folder.path)/\(stem).damage"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            losses += try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                .map { try JSONValue(parsing: $0) }
            text += try String(contentsOfFile: "\(path).txt", encoding: .utf8)
        }
        // Whoever reads them relies on the names of the fields, and on what kind each is.
        for loss in losses {
            #expect(
                Set(loss.members.keys).subtracting([
                    "dataset", "object", "path", "offset", "size", "what",
                ]) == [])
            #expect(loss["what"].string?.isEmpty == false)
            for name in ["object", "offset", "size"] where loss.members[name] != nil {
                #expect(loss[name].unsigned != nil, "\(name)")
            }
            #expect((loss.members["offset"] == nil) == (loss.members["size"] == nil))
            // The certificate and the output tell the same.
            #expect(text.contains(try #require(loss["what"].string)))
        }
        return (losses, text)
    }

    @Test func `a block that is lost is named by its file and bytes`() throws {
        let copy = try PoolCopy(case: "basic-lz4-endless-match-in-file")
        let (losses, text) = try reports(copy.path)
        let loss = try #require(losses.first)
        #expect(losses.count == 1)
        #expect(loss["dataset"].string == "basic/embedded")
        #expect(loss["object"].unsigned == 2)
        #expect(loss["path"].string == "/zeros-ish")
        #expect(loss["offset"].unsigned == 0)
        #expect(loss["size"].unsigned == 4096)
        #expect(
            text == """
                basic/embedded
                    bytes 0 to 4095 of /zeros-ish (object 2): a block that can't be read

                """)
    }

    @Test func `what a dropped intent log held is named by its files`() throws {
        let copy = try PoolCopy("zil")
        let object = try #require(
            try copy.open().datasets().dataset(named: "zil/always")?.object)
        try copy.edit { editor in
            try editor.edit(.header(.dataset(object))) { bytes in
                // What nothing uses in the log's header is not zero, so that the log can't be trusted.
                let start = ObjectSetHeader.Layout.intentLog.range.lowerBound
                bytes[start + IntentLogHeader.Layout.padding.range.lowerBound] = 1
            }
        }
        let (losses, text) = try reports(copy.path)
        #expect(losses.allSatisfy { $0["dataset"].string == "zil/always" })
        let found = losses.map { loss in
            "\(loss["path"].string ?? "") \(loss["object"].unsigned ?? 0) \(loss["what"].string ?? "")"
        }
        #expect(
            found.sorted() == [
                "/base 14 record 53 of the intent log (TX_SETATTR)",
                "/base 14 record 54 of the intent log (TX_SETATTR)",
                "/base 14 record 55 of the intent log (TX_SETATTR)",
                "/fifo 136 record 57 of the intent log (TX_CREATE)",
                "/new1 15 record 56 of the intent log (TX_SETSAXATTR)",
                "/new1 15 record 58 of the intent log (TX_SETATTR)",
                "/newdir 17 record 48 of the intent log (TX_MKDIR)",
                "/newdir/hard 14 record 51 of the intent log (TX_LINK)",
                "/newdir/sym 18 record 52 of the intent log (TX_SYMLINK)",
                "/tree/file00.txt 0 record 49 of the intent log (TX_RENAME) to /newdir/renamed",
                "/tree/file01.txt 0 record 50 of the intent log (TX_REMOVE)",
            ])
        #expect(text.hasPrefix("zil/always\n    /base (object 14): record 53 of"))
    }

    @Test func `an object whose dnode is given up is named, and then the name that it had`() throws
    {
        let copy = try PoolCopy("basic")
        try copy.edit { editor in
            // dn_nlevels and dn_nblkptr, so that nothing tells what they were.
            try editor.editDnode(3, in: .dataset(54)) { ($0[2], $0[3]) = (31, 9) }
        }
        let (losses, _) = try reports(copy.path)
        #expect(losses.allSatisfy { $0["dataset"].string == "basic" })
        #expect(losses.allSatisfy { $0["object"].unsigned == 3 })
        #expect(losses.compactMap { $0["path"].string }.contains("/tree/file00.txt"))
    }

    @Test func `a name that collides is told, and its file is in lost+found`() throws {
        let copy = try PoolCopy("basic")
        try copy.edit { editor in
            // One entry of the root directory, a micro ZAP, gets the name of another.
            try editor.edit(.block(.dataset(54), object: 34)) { bytes in
                let chunks = stride(from: 64, to: bytes.count, by: 64)
                func name(_ chunk: Int) -> [UInt8] { [UInt8](bytes[chunk + 14..<chunk + 64]) }
                let first = try #require(chunks.first { name($0).starts(with: "odd".utf8) })
                let other = try #require(chunks.first { name($0).starts(with: "small".utf8) })
                bytes.replaceSubrange(other + 14..<other + 64, with: name(first))
            }
        }
        // zdb: small is object 62, odd is 63; each has no other name.
        let (losses, _) = try reports(copy.path)
        let loss = try #require(losses.first)
        #expect(losses.count == 1)
        #expect(loss["dataset"].string == "basic")
        #expect(loss["object"].unsigned == 34)
        #expect(loss["path"].string == "/")
        let what = try #require(loss["what"].string)
        let isFirst = what.hasPrefix("the entry odd (0x800000000000003e)")
        #expect(isFirst || what.hasPrefix("the entry odd (0x800000000000003f)"), "\(what)")
        #expect(what.hasSuffix(": another entry has the same name"))
        let rescued = try Zinspect.run("ls", copy.path, "basic:/lost+found")
        #expect(rescued.text == (isFirst ? "#62\n" : "#63\n"), "\(rescued.errorText)")
        let kept = try Zinspect.run("ls", "-i", "--directory", copy.path, "basic:/odd")
        #expect(kept.text.contains(isFirst ? "63" : "62"), "\(kept.text) \(kept.errorText)")
    }
}
