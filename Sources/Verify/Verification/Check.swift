/// One thing worth checking: compares what a part of the pool says with what the rest of it says.
///
/// A check reads what it needs, reports what is wrong, says what it could not look at, and goes on. It never throws: what
/// keeps it from its work is itself a finding, or unchecked with the reason.
package protocol Check: Sendable {
    /// The kinds of problem that it can report; nothing is run for kinds that nobody asked for.
    static var kinds: [ProblemKind] { get }
    /// Whether it compares the pool's books with the census, so that the walk must have been made.
    static var needsCensus: Bool { get }

    func run(_ context: CheckContext)
}

extension Check {
    package static var needsCensus: Bool { false }
}
