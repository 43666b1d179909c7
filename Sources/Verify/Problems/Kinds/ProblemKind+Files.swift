/// What can be wrong with files and the tables of a file system.
extension ProblemKind {
    package static let masterNode = ProblemKind(
        "zpl.master-node", .error, .rebuild, cure: "files", "ZP1",
        title: "The table that a file system begins with can't be right",
        explanation: """
            Object 1 of each file system names its root, the queue of files to be freed, its \
            version and its tables. An entry is missing, has a value that can't be, or leads to an \
            object of another kind. The kernel refuses to mount the file system, or panics.

            Files are there: zinspect extract finds the root by other ways. A repair writes the \
            entry anew where what it names can be found.
            """)

    package static let unlinkedUnlisted = ProblemKind(
        "zpl.unlinked-not-queued", .warning, .rebuild, cure: "files", "ZP5",
        title: "A file without names does not wait to be freed",
        explanation: """
            A file with link count 0 should stand in the queue of those that the next mount \
            frees. This one does not, so it takes space for ever.

            Its data can still be copied out by its object number. A repair puts it into the queue.
            """)

    package static let unlinkedMissing = ProblemKind(
        "zpl.unlinked-missing", .warning, .discard, cure: "files", "ZP5",
        title: "The queue of files to be freed names an object that is none",
        explanation: """
            The queue names an object that is free or is no file. Each mount tries to free it, \
            fails, and leaves it there; once the number is given to a new file, a mount may free that.

            A repair takes it out of the queue.
            """)

    package static let unlinkedNamed = ProblemKind(
        "zpl.unlinked-named", .error, .discard, cure: "files", "ZP5",
        title: "A file that has a name waits to be freed",
        explanation: """
            The queue of files to be freed holds one that a directory entry still leads to. The \
            next mount that is not read-only frees it, or panics over its link count.

            Copy the file out before anything mounts the file system. A repair takes it out of the \
            queue.
            """)

    package static let attributeDirectory = ProblemKind(
        "zpl.xattr-directory", .error, .discard, cure: "files", "ZP6",
        title: "A file's directory of extended attributes can't be one",
        explanation: """
            A file names an object as the directory of its extended attributes that does not \
            exist, is no such directory, or says that it belongs to another file.

            The file's contents are not affected; its extended attributes of that form can't be \
            trusted. A repair takes them from the file.
            """)

    package static let attributeList = ProblemKind(
        "zpl.xattr-list", .error, .discard, cure: "files", "ZP6",
        title: "A file's list of extended attributes is damaged",
        explanation: """
            The packed list of a file's extended attributes can't be unpacked whole, or holds \
            something else than arrays of bytes. The kernel answers reads of them with an error.

            The file's contents are not affected. A repair keeps what can be read of the list.
            """)

    package static let fileMode = ProblemKind(
        "zpl.mode", .error, .rebuild, cure: "files", "ZP7",
        title: "A file's mode says another kind of file than its object is",
        explanation: """
            The type bits of a file's mode are none that exist, or say that a directory is a file or \
            the other way round. The kernel panics over a mode of no type, and fails on a \
            directory without entries.

            The object's own type tells what it is; a repair writes that into the mode.
            """)

    package static let fileAttribute = ProblemKind(
        "zpl.attribute", .warning, .rebuild, cure: "files", "ZP7",
        title: "An attribute of a file has a value that can't be",
        explanation: """
            A time has a second of more than a billion nanoseconds, a symlink's length is not that \
            of its target, a file that is no device has a device number, or a size does not fit \
            into 63 bits.

            The file's contents are readable as far as its size is right. A repair writes a value \
            that can be.
            """)

    package static let dataPastEnd = ProblemKind(
        "zpl.data-past-end", .note, .none, "ZP7",
        title: "A file has blocks past its end",
        explanation: """
            Blocks are allocated past the end that the file's size gives. They take space and can't \
            be read as part of the file. If the size was damaged, they are the rest of its data.

            Compare with what the file should be: zinspect dump shows the blocks.
            """)

    package static let accessList = ProblemKind(
        "zpl.acl", .error, .discard, cure: "files", "ZP8",
        title: "A file's access control list can't be decoded",
        explanation: """
            The list has fewer or more bytes than its count of entries needs, an entry can't be, \
            or names somebody of a domain that the file system does not know. The kernel refuses \
            access to the file, or panics.

            The contents are not affected. A repair writes the list that the file's mode implies.
            """)

    package static let projectFlag = ProblemKind(
        "zpl.project", .warning, .rebuild, cure: "files", "ZP8",
        title: "A file is flagged to have a project's number, and has none",
        explanation: """
            With the flag the kernel reads the number of the project from where it would stand, \
            which is another attribute or none, and accounts the file's space to that.

            No data is affected. A repair takes the flag away.
            """)

    package static let volumeSize = ProblemKind(
        "zpl.volume", .error, .rebuild, cure: "files", "ZV1",
        title: "A volume's size or objects can't be right",
        explanation: """
            A volume is one object of data and a table with its size, a multiple of the size of a \
            block. Here an object is missing or of another kind, or the size can't be. The kernel \
            does not offer the volume as a device, or cuts it off.

            The data object is there as far as other findings don't say otherwise. A repair writes \
            a size that covers all its blocks.
            """)

    package static let attributeTables = ProblemKind(
        "sa.tables", .error, .rebuild, cure: "files", "SA1",
        title: "The tables of a file system's attributes can't be right",
        explanation: """
            A file system keeps a registry of attributes with their numbers and lengths, and a \
            list of layouts, by which the attributes of each file are found. An entry can't be \
            decoded, two have the same number, or a layout names an attribute that is not \
            registered. Files that use it can't be read by the kernel, which may panic.

            zinspect reads what the rest of the tables allows. A repair writes the standard tables.
            """)

    package static let attributeBuffer = ProblemKind(
        "sa.attributes", .error, .rebuild, cure: "files", "SA2",
        title: "A file's attributes can't be read whole",
        explanation: """
            The buffer that holds a file's attributes (mode, owner, size, times) does not begin as \
            it must, names a layout that does not exist, has lengths that don't fit into it, or \
            lacks an attribute that every file has. The kernel panics over some of these.

            The contents of the file can be copied out by its object number. A repair writes the \
            default layout with what could be read.
            """)
}
