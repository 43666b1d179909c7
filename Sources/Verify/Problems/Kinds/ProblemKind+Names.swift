/// What can be wrong with directory entries and names.
extension ProblemKind {
    package static let entryToFreeObject = ProblemKind(
        "zpl.dirent-to-free-object", .error, .discard, cure: "files", "ZP2",
        title: "A directory entry names an object that does not exist",
        explanation: """
            A name leads to an object number that is free. Opening it fails, and once the number \
            is given to a new file, the name stands for that one. Bugs of early versions with \
            deleted or renamed files left such entries.

            If an orphan is reported in the same file system, it may be the file that the name \
            belongs to. A repair takes the entry out of the directory, or gives it back to the orphan.
            """)

    package static let entryToWrongObject = ProblemKind(
        "zpl.dirent-to-wrong-object", .error, .discard, cure: "files", "ZP2",
        title: "A directory entry leads to something that is no file",
        explanation: """
            A name leads to an object of the file system's own books, or its value is not one \
            number of an object and its kind. No file system writes that; a bit may have flipped.

            The name can't be opened. If an orphan is reported in the same file system, it may be \
            the file that the name belongs to.
            """)

    package static let entryKind = ProblemKind(
        "zpl.dirent-type", .warning, .rebuild, cure: "files", "ZP2",
        title: "A directory entry and its file disagree on what kind of file it is",
        explanation: """
            Entries repeat the kind of file that its mode says. Programs that go by the entry, \
            such as find, take a directory for a file or the other way round.

            No data is affected. A repair writes the kind that the file's mode has.
            """)

    package static let fileName = ProblemKind(
        "zpl.name", .warning, .discard, cure: "files", "ZP9",
        title: "A directory holds a name that can't be",
        explanation: """
            A name is empty, is "." or "..", holds a slash, is longer than the file system \
            allows, is not UTF-8 where only that is allowed, or stands beside another that the \
            file system takes for the same. The file can't be opened by that name.

            The file itself is whole: copy it out by its object number. A repair renames it.
            """)

    package static let linkCount = ProblemKind(
        "zpl.link-count-mismatch", .warning, .rebuild, cure: "files", "ZP3",
        title: "A file's link count is not the number of its names",
        explanation: """
            A file remembers how many names it has, a directory how many directories are in it \
            and two more. With too high a count the file is never freed; with too low a one it is \
            freed while a name still leads to it, or the kernel panics when it is removed.

            The data is readable. Don't remove the file before a repair has counted anew.
            """)

    package static let directorySize = ProblemKind(
        "zpl.directory-size", .warning, .rebuild, cure: "files", "ZP3",
        title: "A directory's size is not the number of its entries and two",
        explanation: """
            A directory remembers how many entries it has. A directory that seems to have some \
            can't be removed, and one that seems empty is removed with all that is in it.

            The entries are readable. A repair counts anew.
            """)

    package static let parentMismatch = ProblemKind(
        "zpl.parent-mismatch", .warning, .rebuild, cure: "files", "ZP4",
        title: "A file says it is in a directory that never held it",
        explanation: """
            Each file remembers the directory that a name of it was last put in. For a directory \
            that is where ".." leads, so a wrong one is the wrong way back. For other files paths \
            in error reports and zfs diff come out wrong. Times or kinds say that this directory \
            can't have held the file, so that no removed hard link explains it.

            The file is readable by its name. A repair writes the directory that holds it.
            """)

    package static let parentStale = ProblemKind(
        "zpl.parent-stale", .note, .rebuild, cure: "files", "ZP4",
        title: "A file remembers a directory that no longer holds a name of it",
        explanation: """
            Each file remembers the directory that a name of it was last put in. When that one of \
            several hard links is removed, ZFS does not look for another, so the memory is stale. \
            Paths in error reports and zfs diff can't be told for such a file.

            This is no damage.
            """)

    package static let directoryNamedTwice = ProblemKind(
        "zpl.directory-named-twice", .error, .discard, cure: "files", "ZP4",
        title: "A directory has several names",
        explanation: """
            More than one entry leads to a directory, which has only one parent. What is removed \
            under one name is gone under the other, and removing one of the names can free the \
            directory while the other leads to it.

            All is readable. A repair keeps the name in the directory's own parent.
            """)

    package static let directoryLoop = ProblemKind(
        "zpl.directory-loop", .error, .rebuild, cure: "files", "ZP4",
        title: "Directories hold each other in a circle that the root does not lead to",
        explanation: """
            Each of some directories has a name, but the way up from them leads back to them and \
            never to the root. No path leads there.

            What is in them is whole, and can be copied out by object numbers. A repair links one of \
            them into lost+found.
            """)

    package static let orphan = ProblemKind(
        "zpl.orphan-object", .error, .rebuild, cure: "files", "ZP4",
        title: "No name leads to a file",
        explanation: """
            A file or directory is there with all its data, and no directory has an entry for it, \
            nor waits it to be freed. It takes space for ever, and what is below an orphaned \
            directory can't be reached either. A directory that was damaged and rebuilt leaves \
            orphans, and so did bugs with renames.

            The data is whole: zinspect extract copies it out by its object number. A repair links \
            it into lost+found.
            """)
}
