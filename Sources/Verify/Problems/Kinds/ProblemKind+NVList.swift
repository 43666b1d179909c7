package import Bytes

/// What can be wrong inside a packed list of names and values, wherever in a pool it stands.
extension ProblemKind {
    package static let nvlistEmbeddedNUL = ProblemKind(
        "nvlist.embedded-nul", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A string in a configuration goes on after a NUL",
        explanation: """
            A string is stored with a length, and there is a NUL before its end. C code sees only what \
            stands before it: a name is cut short, so the pool or a device is not found by it, and a \
            list that is packed again comes out smaller than was reckoned, which ZFS reports as \
            "out of memory". Memory that flipped a bit, or a tool that wrote a buffer, does that.

            No data is affected. What the string was can be had from another label, from the MOS, or \
            from zpool.cache; a repair writes the list anew from it.
            """)

    package static let nvlistUnterminated = ProblemKind(
        "nvlist.unterminated-string", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A string in a configuration has no end",
        explanation: """
            A string in a list of the native encoding fills its room without a terminating NUL. ZFS \
            refuses to unpack the whole list.

            A repair writes the list anew from a copy of it.
            """)

    package static let nvlistBadName = ProblemKind(
        "nvlist.bad-name", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A name in a configuration is empty, damaged, or there twice",
        explanation: """
            Each value in a list has a name, and no name may stand twice. One is empty, has a NUL \
            inside, or is there a second time, so that what ZFS looks up is not found or ambiguous.

            A repair writes the list anew from a copy of it.
            """)

    package static let nvlistBadValue = ProblemKind(
        "nvlist.bad-value", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A value in a configuration is of an unknown type or out of its range",
        explanation: """
            A value in a list has a type that does not exist, or a number that its type does not \
            allow. ZFS refuses to unpack the whole list.

            A repair writes the list anew from a copy of it.
            """)

    package static let nvlistBadSize = ProblemKind(
        "nvlist.bad-size", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A value in a configuration is stored with a wrong size or count",
        explanation: """
            Each value in a list is stored with the bytes that it takes and the number of its elements, \
            and these contradict each other. ZFS refuses to unpack the whole list, or reads past the \
            value.

            A repair writes the list anew from a copy of it.
            """)

    package static let nvlistDamaged = ProblemKind(
        "nvlist.damaged", .error, .rebuild, cure: "nvlist", "LB3", "CF1",
        title: "A configuration is cut off or its parts don't follow each other",
        explanation: """
            A list of names and values stops without its end, is nested deeper than ZFS goes, or has \
            bytes between its parts that belong to none. What could be read of it was used.

            A repair writes the list anew from a copy of it.
            """)

    /// The kinds of damage that `nvlist(_:)` tells apart.
    package static let nvlists: [ProblemKind] = [
        .nvlistEmbeddedNUL, .nvlistUnterminated, .nvlistBadName, .nvlistBadValue, .nvlistBadSize,
        .nvlistDamaged,
    ]

    /// What a decoder's complaint is called.
    package static func nvlist(_ what: NVFinding.What) -> ProblemKind {
        switch what {
        case .embeddedNUL: .nvlistEmbeddedNUL
        case .unterminatedString: .nvlistUnterminated
        case .badName, .duplicateName: .nvlistBadName
        case .unknownType, .badValue: .nvlistBadValue
        case .wrongElementCount, .wrongEncodedSize, .wrongDecodedSize: .nvlistBadSize
        case .truncated, .badVersion, .badFlags, .tooDeep, .noEnd, .skipped, .tooMany:
            .nvlistDamaged
        }
    }
}
