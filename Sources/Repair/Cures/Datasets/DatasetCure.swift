package import Datasets
package import Verify

/// Links directories, datasets, snapshots and clones again as the others of them prove.
///
/// Every link of the DSL is stored on both sides, and most counts can be counted, so that one side that is wrong follows from
/// the others. Names that are lost come back as `recovered-73` after the object, since nothing else is left of them.
package struct DatasetCure: SteppedCure {
    package static let name = "dsl"
    package static let summary =
        "links directories, datasets, snapshots and clones again, and names what lost its name"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        guard !own.isEmpty, let context = findings.context else { return nil }
        let graph = context.dsl.graph(context)
        let links = DatasetLinks(own, graph, pool)
        steps =
            links.steps + DatasetNames(own, graph).steps + CloneLists(own, graph).steps
            + KeyLinks(own, graph, pool).steps
        guard !steps.isEmpty else { return nil }
    }
}
