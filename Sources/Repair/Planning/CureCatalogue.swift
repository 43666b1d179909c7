/// All cures, in the order in which a plan takes them.
package enum CureCatalogue {
    package static let all: [any Cure.Type] = [SpaceMapsCure.self]

    /// The names on the command line.
    package static var names: [String] { all.map { $0.name } }
}
