import Bytes
import Datasets
import Objects
import Vdevs

/// DS6: a dataset whose blocks use a feature is marked with it.
///
/// The mark stays when the last such block goes, so a mark without a use is no damage. Mirrors `dsl_dataset_block_born`
/// (`module/zfs/dsl_dataset.c`) and the other places that set `ds_feature_activation`.
struct DatasetFeatureCheck: Check {
    static let kinds: [ProblemKind] = [.datasetFeature]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let survey = context.meta.survey(context)
        for (object, found) in context.census.featureUse.sorted(by: { $0.key < $1.key }) {
            guard !context.isCancelled else { return }
            guard let dataset = graph.datasets[object] else { continue }
            let isEncrypted = graph.directories[dataset.directory]?.fields.cryptoKey != nil
            let use = isEncrypted ? found.union(.encryption) : found
            // A table that can't be read has no marks to show; what is wrong with it is told elsewhere.
            let isTable = survey.objects[object].map { $0.type.content == .zap } ?? true
            guard !isTable || !dataset.fields.record.entries.isEmpty else { continue }
            let marks = Set(dataset.fields.features.map(\.name))
            for (bit, name) in FeatureUse.names
            where use.contains(bit) && !marks.contains(name) {
                report(name, dataset, graph, context)
            }
        }
    }

    private func report(
        _ name: String, _ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        var location = graph.location(ofDataset: dataset.object)
        location.key = KnownFeature.all.first { $0.name == name }?.guid ?? name
        context.report(
            Problem(.datasetFeature, at: location, evidence: Record(["feature": .text(name)])))
    }
}
