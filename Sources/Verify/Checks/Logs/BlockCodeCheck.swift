import Datasets

/// The codes that prove each block of an encrypted dataset, with the keys that were given; those of indirect blocks always.
///
/// The deep walk proves block by block; this tells what it could not prove.
struct BlockCodeCheck: Check {
    static let kinds: [ProblemKind] = [.blockCode, .indirectCode]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let tree = try? context.pool.datasets()
        for number in context.codes?.lockedObjectSets ?? [] {
            let name = tree?.dataset(object: number)?.name ?? "object set \(number)"
            context.leaveUnchecked(
                "the contents of the encrypted blocks of \(name)",
                "it is encrypted and no key was given")
        }
    }
}
