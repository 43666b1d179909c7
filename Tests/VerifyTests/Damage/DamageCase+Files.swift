import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Verify

extension DamageCase {
    /// System attributes, files, directories, volumes, accounting.
    static let files = names + trees + attributes + queues + tables + accounts

    /// A problem of the file system of the pool `basic`, whose root is object 34.
    static func file(
        _ kind: ProblemKind, _ object: UInt64?, _ path: String? = nil, key: String? = nil,
        in dataset: String = "basic", _ set: UInt64 = 54
    ) -> Found {
        Found(kind) { location in
            location.dataset = dataset
            location.objectSet = set
            location.object = object
            location.path = path
            location.key = key
        }
    }

    private static let regular: UInt64 = 8 << 60
    private static let directory: UInt64 = 4 << 60

    /// Object 59 is the file /empty.
    private static let names = [
        DamageCase.verify("a name of a free object", [.entryToFreeObject, .orphan]) { pool in
            try pool.setEntry("empty", of: 34, in: 54, regular | 72)
            return [
                file(.entryToFreeObject, 72, "/empty", key: "empty"), file(.orphan, 59),
            ]
        },
        DamageCase.verify("a name of the queue", [.entryToWrongObject, .orphan]) { pool in
            try pool.setEntry("empty", of: 34, in: 54, regular | 33)
            return [
                file(.entryToWrongObject, 33, "/empty", key: "empty"), file(.orphan, 59),
            ]
        },
        DamageCase.verify("a name with bits that mean nothing", [.entryToWrongObject, .orphan]) {
            pool in
            try pool.setEntry("empty", of: 34, in: 54, regular | 1 << 50 | 59)
            return [
                file(.entryToWrongObject, 34, "/empty", key: "empty"), file(.orphan, 59),
            ]
        },
        DamageCase.verify("a file whose name says directory", [.entryKind]) { pool in
            try pool.setEntry("empty", of: 34, in: 54, directory | 59)
            return [file(.entryKind, 59, "/empty", key: "empty")]
        },
        DamageCase.verify("a name with a slash", [.fileName]) { pool in
            try pool.setEntry("empty", of: 34, in: 54, regular | 59, renamed: "em/ty")
            return [file(.fileName, 34, "/em/ty", key: "em/ty")]
        },
        DamageCase.verify("a file without a name", [.orphan]) { pool in
            try pool.setEntry("empty", of: 34, in: 54, nil)
            try pool.change(.size, of: 34, in: 54, by: -1)
            return [file(.orphan, 59)]
        },
    ]

    private static let trees = [
        DamageCase.verify("a file with too many links", [.linkCount]) { pool in
            try pool.setAttribute(.links, of: 59, in: 54, 3)
            return [file(.linkCount, 59, "/empty")]
        },
        DamageCase.verify("a directory with too few links", [.linkCount]) { pool in
            try pool.change(.links, of: 2, in: 54, by: -1)
            return [file(.linkCount, 2, "/tree")]
        },
        DamageCase.verify("a directory of another size", [.directorySize]) { pool in
            try pool.setAttribute(.size, of: 34, in: 54, 99)
            return [file(.directorySize, 34, "/")]
        },
        DamageCase.verify("a file in the wrong directory", [.parentMismatch]) { pool in
            try pool.setAttribute(.parent, of: 59, in: 54, 2)
            return [file(.parentMismatch, 59)]
        },
        DamageCase.verify("a directory in the wrong directory", [.parentMismatch]) { pool in
            try pool.setAttribute(.parent, of: 6, in: 54, 34)
            return [file(.parentMismatch, 6)]
        },
        DamageCase.verify("a hard link that was removed", [.parentStale]) { pool in
            // Object 65 has three names, of which one is in the directory that it says.
            try pool.setAttribute(.parent, of: 65, in: 54, 134)
            return [file(.parentStale, 65)]
        },
        DamageCase.verify("a directory with two names", [.directoryNamedTwice]) { pool in
            try pool.setEntry("again", of: 34, in: 54, directory | 6)
            try pool.change(.size, of: 34, in: 54, by: 1)
            try pool.change(.links, of: 34, in: 54, by: 1)
            return [file(.directoryNamedTwice, 6, "/tree/sub0")]
        },
        DamageCase.verify("a directory below itself", [.directoryLoop]) { pool in
            try pool.setEntry("sub0", of: 2, in: 54, nil)
            try pool.setEntry("up", of: 10, in: 54, directory | 6)
            for (object, amount) in [(UInt64(2), Int64(-1)), (10, 1)] {
                try pool.change(.size, of: object, in: 54, by: amount)
                try pool.change(.links, of: object, in: 54, by: amount)
            }
            try pool.setAttribute(.parent, of: 6, in: 54, 10)
            return [file(.directoryLoop, 6)]
        },
    ]

    private static let attributes = [
        DamageCase.verify("a mode of no kind", [.fileMode]) { pool in
            try pool.setAttribute(.mode, of: 59, in: 54, 0o070644)
            return [file(.fileMode, 59, "/empty")]
        },
        DamageCase.verify("a second of two billion nanoseconds", [.fileAttribute]) { pool in
            try pool.setAttribute(.accessNanoseconds, of: 59, in: 54, 2_000_000_000)
            return [file(.fileAttribute, 59, "/empty")]
        },
        DamageCase.verify("a symlink longer than its target", [.fileAttribute]) { pool in
            try pool.setAttribute(.size, of: 131, in: 54, 16)
            return [file(.fileAttribute, 131, "/shortlink")]
        },
        DamageCase.verify("a file shorter than its blocks", [.dataPastEnd]) { pool in
            try pool.setAttribute(.size, of: 66, in: 54, 10)
            return [file(.dataPastEnd, 66, "/pages.bin")]
        },
        DamageCase.verify("an ACL with too few entries", [.accessList]) { pool in
            try pool.setAttribute(.entryCount, of: 59, in: 54, 2)
            return [file(.accessList, 59, "/empty")]
        },
        DamageCase.verify("a flag for a project that is not there", [.projectFlag]) { pool in
            let flags = try pool.attribute(.flags, of: 131, in: 54)
            try pool.setAttribute(.flags, of: 131, in: 54, flags | 1 << 47)
            return [file(.projectFlag, 131, "/shortlink")]
        },
        DamageCase.verify(
            "attributes that begin with something else", [.attributeBuffer],
            unchecked: ["userused of basic", "groupused of basic", "projectused of basic"]
        ) { pool in
            try pool.editor.editBonus(of: 59, in: .dataset(54)) { $0[0] = 0 }
            return [file(.attributeBuffer, 59)]
        },
        DamageCase.verify("extended attributes that can't be unpacked", [.attributeList]) { pool in
            // The encoding that the packed list of object 63 begins with.
            try pool.editor.editSpill(of: 63, in: .dataset(54)) { $0[8] = 7 }
            return [file(.attributeList, 63, "/odd")]
        },
        DamageCase.verify("another file's attributes", [.attributeDirectory, .orphan]) { pool in
            try pool.editor.editBonus(of: 2, in: .dataset(100)) { bonus in
                let words = Array(stride(from: 128, to: bonus.count, by: 8))
                let place = try #require(words.last { bonus[$0] == 4 })
                bonus[place] = 6
            }
            return [
                file(.attributeDirectory, 2, "/file", in: "basic/xdir", 100),
                file(.orphan, 4, in: "basic/xdir", 100),
            ]
        },
    ]

    /// Object 33 is the queue of files to be freed.
    private static let queues = [
        DamageCase.verify("a file without links that waits for nothing", [.unlinkedUnlisted]) {
            pool in
            try pool.setEntry("empty", of: 34, in: 54, nil)
            try pool.change(.size, of: 34, in: 54, by: -1)
            try pool.setAttribute(.links, of: 59, in: 54, 0)
            return [file(.unlinkedUnlisted, 59)]
        },
        DamageCase.verify("a free object that waits to be freed", [.unlinkedMissing]) { pool in
            try pool.setEntry("48", of: 33, in: 54, 72)
            return [file(.unlinkedMissing, 72, key: "48")]
        },
        DamageCase.verify("a named file that waits to be freed", [.unlinkedNamed]) { pool in
            try pool.setEntry("3b", of: 33, in: 54, 59)
            return [file(.unlinkedNamed, 59, "/empty")]
        },
    ]

    /// The volume of the pool `snaps`.
    private static func volume(in pool: EditedPool) throws -> UInt64 {
        try #require(try pool.open().datasets().dataset(named: "snaps/vol")).object
    }

    private static let tables = [
        DamageCase.verify("a way to compare names that does not exist", [.masterNode]) { pool in
            try pool.setEntry("casesensitivity", of: 1, in: 54, 7)
            return [file(.masterNode, 1, key: "casesensitivity")]
        },
        DamageCase.verify("an attribute swapped in a way that does not exist", [.attributeTables]) {
            pool in
            try pool.setEntry("ZPL_PAD", of: 35, in: 54, 0x2009_000e)
            return [file(.attributeTables, 35, key: "ZPL_PAD")]
        },
        DamageCase.verify(
            "a volume of half a block", [.volumeSize], in: "snaps", consequences: [.pointerDiffers]
        ) { pool in
            let volume = try volume(in: pool)
            try pool.setEntry("size", of: 2, in: volume, 4096)
            return [file(.volumeSize, 2, in: "snaps/vol", volume)]
        },
        DamageCase.verify("a volume whose table is no volume's", [.volumeSize], in: "snaps") {
            pool in
            let volume = try volume(in: pool)
            try pool.editor.editDnode(2, in: .dataset(volume)) { $0[0] = 25 }
            return [file(.volumeSize, 2, in: "snaps/vol", volume)]
        },
        DamageCase.verify(
            "a volume that says it is nothing known", [.objectSetHeader], in: "snaps"
        ) { pool in
            let volume = try volume(in: pool)
            try pool.editor.edit(.header(.dataset(volume))) { bytes in
                try ObjectSetHeader.Layout.type.write(4, into: &bytes, .little)
            }
            return [
                Found(.objectSetHeader) { location in
                    location.dataset = "snaps/vol"
                    location.objectSet = volume
                }
            ]
        },
        DamageCase.verify(
            "a file system that says it is nothing known", [.objectSetHeader], in: "snaps"
        ) { pool in
            try pool.editor.edit(.header(.dataset(54))) { bytes in
                try ObjectSetHeader.Layout.type.write(4, into: &bytes, .little)
            }
            return [
                Found(.objectSetHeader) { location in
                    location.dataset = "snaps"
                    location.objectSet = 54
                }
            ]
        },
    ]

    private static let accounts = [
        DamageCase.verify("a user who seems to use more", [.accountingMismatch]) { pool in
            try pool.setEntry("0", of: ObjectSet.userUsedObject, in: 54, 1 << 40)
            return [file(.accountingMismatch, nil, key: "userused/0")]
        },
        DamageCase.verify("a project that seems to have more files", [.accountingMismatch]) {
            pool in
            try pool.setEntry("obj-0", of: ObjectSet.projectUsedObject, in: 54, 1000)
            return [file(.accountingMismatch, nil, key: "projectused/obj-0")]
        },
        DamageCase.verify("an account of nobody", [.accountingEntry]) { pool in
            try pool.setEntry("nobody", of: ObjectSet.groupUsedObject, in: 54, 1)
            return [file(.accountingEntry, nil, key: "groupused/nobody")]
        },
    ]
}
