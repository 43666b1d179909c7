/// What can be wrong with a zpool.cache file.
extension ProblemKind {
    package static let cacheFileUnreadable = ProblemKind(
        "cachefile.unreadable", .error, .rebuild, cure: "cachefile", "LB3",
        title: "A cache file is no packed list of names and values",
        explanation: """
            zpool.cache is one packed list with the configuration of each pool that a host imports when it \
            starts. This file does not even begin like one: it is empty, was overwritten, or is \
            something else. The kernel module passes it over without a word and imports nothing, and \
            `zpool import -c` calls it invalid or corrupt.

            No pool is affected: everything in the file can be had from the labels. Move the file away \
            and import the pools by `zpool import`, which writes a new one.
            """)

    package static let cacheFileRefused = ProblemKind(
        "cachefile.refused", .error, .rebuild, cure: "cachefile", "LB3",
        title: "OpenZFS refuses to unpack a cache file",
        explanation: """
            One pair of the list contradicts itself, and OpenZFS gives the whole file up at the first \
            such pair: a string has a NUL inside, so that its text ends before the room it is stored \
            with; a name is as long as its text is not; a size, a type or a count can't be. The kernel \
            module then imports no pool when the host starts, without a message, and `zpool import -c` \
            says that the contents are invalid or corrupt. Where a damaged string still passes here, it \
            is cut short, and packing the list again may end with "out of memory". The evidence tells \
            what is returned, at which pair, and why.

            No pool is affected: everything in the file can be had from the labels. Move the file away \
            and import the pools by `zpool import`, which writes a new one.
            """)

    package static let cacheFileEntry = ProblemKind(
        "cachefile.bad-entry", .error, .rebuild, cure: "cachefile", "LB5", "CF1",
        title: "An entry of a cache file lacks what an import needs, or contradicts itself",
        explanation: """
            Each pool stands in the file under its name, with its name, GUID, version and tree of vdevs \
            in a list of its own. One of these is missing or damaged, the name is not that of the entry, \
            or two entries are of one pool. ZFS can't import the pool from the file, or imports it \
            under another name.

            Nothing is lost. `zpool import` finds the pool by its labels and writes the entry anew.
            """)

    package static let cacheFileGUID = ProblemKind(
        "cachefile.other-pool", .warning, .rebuild, cure: "cachefile", "LB5",
        title: "A cache file has another pool by a name than the devices have",
        explanation: """
            The devices that were given hold a pool of the name in the file, but its GUID is another: \
            the pool was made anew since, or the GUID in the file is damaged. ZFS would look for a pool \
            that is not there.

            `zpool import` finds the pool by its labels and writes the entry anew.
            """)

    package static let cacheFileTree = ProblemKind(
        "cachefile.vdevs-differ", .warning, .rebuild, cure: "cachefile", "LB5", "CF1",
        title: "A cache file names other vdevs than the pool has",
        explanation: """
            Vdevs were added, removed, attached, detached or replaced since the file was written, or \
            the file is of another host that has not had the pool since. The kernel opens the devices \
            that the file names: a missing one counts as lost, and an import may fail with "no such \
            device" although everything is there.

            The pool itself is whole. `zpool import` finds it by its labels and writes the entry anew.
            """)

    package static let cacheFilePath = ProblemKind(
        "cachefile.wrong-device", .warning, .rebuild, cure: "cachefile", "LB5", "LB6",
        title: "A path in a cache file leads to another device",
        explanation: """
            What stands at the path in the file has the label of another vdev or pool, or none. Names \
            such as /dev/sdb change from start to start. The kernel takes the device at the path, finds \
            the wrong GUID on it and counts the vdev as missing.

            The pool itself is whole. Import it with `zpool import -d /dev/disk/by-id`, which writes the \
            entry anew with names that last.
            """)

    package static let cacheFileMoved = ProblemKind(
        "cachefile.device-moved", .note, .none, "LB5",
        title: "A device of a pool is not where a cache file says",
        explanation: """
            Nothing is at the path in the file, and the device was found elsewhere. At the start of a \
            host the kernel would not find it.

            If the file is that of this host, import the pool by `zpool import`, which writes the entry \
            anew; a file copied from elsewhere is expected to name other paths.
            """)

    package static let cacheFileNewer = ProblemKind(
        "cachefile.newer", .warning, .none, "LB4", "LB5",
        title: "A cache file is newer than the pool on the devices",
        explanation: """
            The entry was written in a later transaction group than the newest uberblock on the \
            devices. So the devices were put back to an older state, they are copies, or the newest \
            ones are not among them.

            Make sure that these are the right devices before anything is written to them.
            """)

    package static let cacheFileState = ProblemKind(
        "cachefile.gone", .note, .none, "LB5",
        title: "A cache file names a pool that was exported or destroyed",
        explanation: """
            The labels say that the pool was exported or destroyed after the file was written, as it \
            happens when another host had it. ZFS notices when it opens the pool, and drops the entry.

            Nothing needs to be done.
            """)

    /// All kinds that the check of a cache file adds to those of packed lists.
    package static let cacheFiles: [ProblemKind] = [
        .cacheFileUnreadable, .cacheFileRefused, .cacheFileEntry, .cacheFileGUID, .cacheFileTree,
        .cacheFilePath, .cacheFileMoved, .cacheFileNewer, .cacheFileState,
    ]
}
