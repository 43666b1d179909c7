package import Bytes

/// What `zfs allow` has granted on one dataset to one who.
///
/// The key in the ZAP is three characters and a name: the kind of who (`u g e c s`, a capital where sets are
/// granted), the reach (`l` here, `d` below, `-`), `$`, and the user's or group's number or the set's name. Mirrors
/// `zfs_deleg_whokey` (`module/zcommon/zfs_deleg.c`).
package struct Delegation: Sendable, Hashable {
    package let who: Who
    package let reach: Reach
    /// Sorted by name; names that begin with `@` are sets.
    package let permissions: [String]

    package enum Who: Sendable, Hashable, CustomStringConvertible {
        case user(UInt64)
        case group(UInt64)
        case everyone
        /// Whoever creates a dataset below gets these on it.
        case creator
        /// The definition of a set, `@name`.
        case set(String)
        /// A key that is none of these.
        case unknown(String)

        package var description: String {
            switch self {
            case .user(let number): "user \(number)"
            case .group(let number): "group \(number)"
            case .everyone: "everyone"
            case .creator: "creator"
            case .set(let name): name
            case .unknown(let key): key
            }
        }
    }

    package enum Reach: String, Sendable, Hashable {
        case local
        case descendent
        case none
    }

    package init(key: String, permissions: [String]) {
        self.permissions = permissions.sorted()
        let characters = Array(key)
        guard characters.count >= 3, characters[2] == "$" else {
            who = .unknown(key)
            reach = .none
            return
        }
        let name = String(characters[3...])
        reach = characters[1] == "l" ? .local : characters[1] == "d" ? .descendent : .none
        switch characters[0] {
        case "u", "U": who = UInt64(name).map { .user($0) } ?? .unknown(key)
        case "g", "G": who = UInt64(name).map { .group($0) } ?? .unknown(key)
        case "e", "E": who = .everyone
        case "c", "C": who = .creator
        case "s", "S": who = .set(name)
        default: who = .unknown(key)
        }
    }

    package var record: Record {
        Record([
            "who": .text("\(who)"), "reach": .text(reach.rawValue),
            "permissions": .list(permissions.map { .text($0) }),
        ])
    }
}
