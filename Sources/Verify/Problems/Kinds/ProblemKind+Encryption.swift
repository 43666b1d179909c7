/// What can be wrong with encryption.
extension ProblemKind {
    package static let keyObject = ProblemKind(
        "crypt.key-damaged", .error, .none, "CR1",
        title: "A dataset's encrypted keys are damaged",
        explanation: """
            The table that holds a dataset's keys, wrapped by the user's own, lacks a part or has \
            one of the wrong length or kind. Without these keys nothing in the dataset can be \
            decrypted, and there is no other copy in this pool.

            A backup made with a raw send has the same keys. Older transaction groups \
            (zinspect --txg) may still have the table whole.
            """)

    package static let keyReferences = ProblemKind(
        "crypt.reference-count", .warning, .rebuild, cure: "dsl", "CR2",
        title: "A key table's count is not the number of datasets that use it",
        explanation: """
            A dataset and its clones share one table of keys, which counts them. With too low a \
            count the table is freed with the first of them, and the others can never be decrypted \
            again; with too high a one it is never freed.

            No data is affected yet. Destroy none of these datasets before a repair has counted anew.
            """)

    package static let keyRoot = ProblemKind(
        "crypt.root", .error, .rebuild, cure: "dsl", "CR2",
        title: "A dataset's encryption root is none",
        explanation: """
            A key table names the directory whose key the user loads. That directory does not \
            exist, is not encrypted, or names another one itself, so no key can be loaded for the \
            dataset.

            The keys themselves are there: zinspect opens the dataset with the right key. A repair makes the \
            dataset its own root where its key is known.
            """)

    package static let unprotectedBlock = ProblemKind(
        "crypt.block-unprotected", .error, .none, "CR4",
        title: "A block of an encrypted dataset is neither encrypted nor authenticated",
        explanation: """
            All blocks of an encrypted dataset carry a code that proves them, and most are \
            encrypted. The pointer to this one says that it has none. The kernel reads it as it is: \
            an encrypted one comes out as noise, and a plain one can have been put there by anybody.

            Don't trust what it holds.
            """)

    package static let blockCode = ProblemKind(
        "crypt.block-mac", .error, .none, "CR4",
        title: "The code of an encrypted block does not prove it",
        explanation: """
            A block of an encrypted dataset matches its checksum, and with the right key its code does             not: it was changed by somebody who could compute a checksum and had no key, or it was             encrypted wrongly when it was written. The kernel refuses to read it with an input/output error,             and a scrub does not see it.

            Don't trust what it holds. Restore the file from a backup; an older snapshot may have it whole.
            """)

    package static let indirectCode = ProblemKind(
        "crypt.indirect-mac", .error, .none, "CR4",
        title: "The code of an encrypted dataset's indirect block does not cover those below it",
        explanation: """
            Above the contents of an encrypted dataset each block of pointers has a code made of the             codes below it, so that none of them can be exchanged unseen. This one is not what the codes             below give. It takes no key to see that. The kernel refuses to read whatever lies below.

            The blocks below may well be whole, and zinspect extract reads them with the key. Copy them out.
            """)

    package static let objectSetCode = ProblemKind(
        "crypt.object-set-mac", .error, .none, "OS2",
        title: "The codes of an encrypted dataset's header don't prove it",
        explanation: """
            The header of an encrypted dataset carries two codes: one over what a raw send keeps, \
            one over the accounting. With the right key, one of them does not match. The kernel \
            refuses to open the dataset with an input/output error; bugs with raw receives and \
            accounting left such headers.

            The data can be read here: zinspect extract does not insist on the codes. Nothing but \
            the key can make the code anew, and no repair writes with a key.
            """)

    package static let vectorSet = ProblemKind(
        "crypt.no-ivset", .note, .none, "CR5",
        title: "A snapshot of an encrypted dataset lacks the number of its vectors",
        explanation: """
            Each snapshot of an encrypted dataset has a number by which raw sends tell whether it \
            holds the same ciphertext. Snapshots from before version 0.8.4 lack it (errata 4), and can't be \
            the base of a raw incremental send.

            The data is readable. Receive the dataset anew to give its snapshots such numbers.
            """)
}
