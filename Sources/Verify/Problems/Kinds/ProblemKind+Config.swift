/// What can be wrong with the configuration and the objects of the meta object set.
extension ProblemKind {
    package static let configAbsent = ProblemKind(
        "config.absent", .error, .rebuild, cure: "config", "CF1",
        title: "The pool names no configuration",
        explanation: """
            The object directory has no entry for the pool's configuration, which tells the whole vdev \
            tree. That of the labels is used instead.

            ZFS does not import the pool. A repair makes the configuration anew from the labels.
            """)

    package static let configUnreadable = ProblemKind(
        "config.unreadable", .error, .rebuild, cure: "config", "CF1",
        title: "The pool's configuration can't be read",
        explanation: """
            The object with the pool's configuration, which tells the whole vdev tree, can't be read or \
            is no list of names and values. That of the labels is used instead.

            ZFS does not import the pool. A repair makes the configuration anew from the labels.
            """)

    package static let configNoTree = ProblemKind(
        "config.no-vdev-tree", .error, .rebuild, cure: "config", "CF1",
        title: "The pool's configuration has no vdev tree",
        explanation: """
            The configuration in the pool lacks the tree of vdevs. That of the labels is used instead.

            ZFS does not import the pool. A repair makes the configuration anew from the labels.
            """)

    package static let configLabel = ProblemKind(
        "config.label-mismatch", .warning, .rebuild, cure: "labels", "CF1",
        title: "A label and the pool's configuration tell different things",
        explanation: """
            The newest labels of a device repeat what the pool's own configuration says of the pool and \
            of the device's top-level vdev. They differ in the field that is told.

            ZFS trusts the pool's own configuration once it is open. Where it is right, a repair makes \
            the labels anew.
            """)

    package static let configVdev = ProblemKind(
        "config.bad-vdev", .error, .rebuild, cure: "config", "CF2", "CF3", "CF7",
        title: "The configuration says something of a vdev that can't be",
        explanation: """
            A number in the vdev tree is out of its range, or numbers contradict each other: an id that \
            is not the place in the list, a sector size, a metaslab size or a parity that no vdev can \
            have, or a GUID that stands twice. The kernel refuses to open the vdev, or puts blocks in \
            the wrong places.

            The labels of the devices tell the same facts. A repair takes them from there.
            """)

    package static let configVdevZAP = ProblemKind(
        "config.vdev-zap", .warning, .rebuild, cure: "config", "CF5",
        title: "The list of vdev ZAPs does not fit the configuration",
        explanation: """
            Each vdev has an object for facts of its own, and one list names all of these. An object is \
            missing from the list, is there although no vdev has it, or belongs to two vdevs.

            No data is affected. ZFS makes the list anew when devices are added or removed.
            """)

    package static let configBias = ProblemKind(
        "config.allocation-bias", .warning, .none, "CF6",
        title: "A vdev is for a class of blocks that does not exist",
        explanation: """
            A top-level vdev can be set apart for logs, for metadata and small blocks, or for dedup \
            tables. The word that is stored is none of these, so ZFS takes the vdev for a normal one.

            No data is affected.
            """)

    package static let raidzExpansion = ProblemKind(
        "config.raidz-expansion", .error, .rebuild, cure: "config", "RE1",
        title: "What a RAID-Z says of its expansion does not fit",
        explanation: """
            A RAID-Z that was widened notes in which transaction groups it grew and whether the work is \
            under way; how wide a block is follows from its birth and these groups. They are not in \
            order, lie ahead of the pool, are more than the vdev has children for, or its two notes of \
            whether it is growing contradict each other. The kernel looks for blocks in the wrong \
            places, begins to move what is in its place already, or panics.

            Nothing is lost: the labels of the devices tell the same groups, and blocks are read by \
            them where the configuration can't be right. A repair takes them from there, and lets the \
            vdev's own note follow.
            """)

    package static let draidGeometry = ProblemKind(
        "config.draid-geometry", .error, .rebuild, cure: "config", "DR1", "DR2",
        title: "The numbers of a dRAID can't be",
        explanation: """
            How a dRAID spreads blocks over its devices follows from a few numbers: data and parity \
            columns, distributed spares, groups, and the devices of a failure domain. These must fill \
            its devices without a rest, and there must be a known permutation for them. They don't, so \
            the kernel refuses to open the vdev.

            Nothing is lost where the labels of the devices or the pool's configuration have the right \
            numbers: blocks are read by those, and a repair takes them from the labels. Where all are \
            wrong the pool can't be read by anything.
            """)

    package static let objectWrongType = ProblemKind(
        "object.wrong-type", .error, .none, "MD1",
        title: "An entry of the object directory leads to an object of the wrong type",
        explanation: """
            The object directory of the pool names what belongs to the whole pool. The object that one \
            of its entries leads to is not of the type that belongs there, or not there at all. The \
            kernel fails to import the pool, or panics.

            What the entry stands for is lost unless the object is found elsewhere.
            """)

    package static let objectLeaked = ProblemKind(
        "object.leaked", .note, .discard, cure: "leftovers", "MD2",
        title: "An object of the meta object set is referred to by nothing",
        explanation: """
            Everything that belongs to the pool as a whole is led to by something else. Nothing leads to \
            this object: it was left behind when what led to it was destroyed (`zpool split` does that), \
            or the reference is lost.

            It takes space and harms nothing. A repair frees it where that is asked for by the name of \
            the cure.
            """)

    package static let objectMissing = ProblemKind(
        "object.missing", .error, .none, "MD2",
        title: "Something refers to an object of the meta object set that is not there",
        explanation: """
            An object is named, and its number is free. Whatever follows the reference fails; some \
            kernels panic.

            What the object held is lost, unless a leaked object is it.
            """)

    package static let objectTwice = ProblemKind(
        "object.referenced-twice", .error, .none, "MD2",
        title: "Two things refer to one object of the meta object set",
        explanation: """
            Each of these objects belongs to one owner. Two name it, so that either one names the wrong \
            object, or both change what the other relies on; destroying one destroys what the other \
            needs.

            Look at both owners before anything is destroyed in the pool.
            """)

    package static let objectCount = ProblemKind(
        "object.fill-mismatch", .warning, .rebuild, cure: "dnodes", "MD3",
        title: "The meta object set has another number of objects than it says",
        explanation: """
            The pointer to the meta object set tells how many objects are in use there, and counting \
            gives another number.

            No data is affected; ZFS uses it for statistics. A repair counts anew.
            """)

    package static let objectDamaged = ProblemKind(
        "object.damaged", .error, .none, "MD1",
        title: "Something of the pool could not be read as what it should be",
        explanation: """
            While the pool was opened and read for the checks, something was met that can't be right, \
            and no check has said what it is. The place and the cause are told.

            What depends on it may be lost, or is not checked.
            """)
}
