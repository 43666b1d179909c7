import Bytes
import Objects

extension Problem {
    /// What is wrong in a ZAP; nil where it is only that a block can't be read, which is told of the block.
    init?(_ problem: ZAPProblem, objectSet: UInt64, object: UInt64) {
        guard let kind = ProblemKind.zap(problem.kind) else { return nil }
        var location = Location(objectSet: objectSet, object: object)
        location.blockID = problem.block
        location.key = problem.name
        var evidence = Record([
            "cause": .text(problem.what), "at": .offset(UInt64(clamping: problem.byteOffset)),
        ])
        evidence.add("chunk", problem.chunk.map { .number(UInt64(clamping: $0)) })
        evidence.add("expected", problem.actual.map { .number($0) })
        evidence.add("found", problem.stored.map { .number($0) })
        self.init(kind, at: location, evidence: evidence)
    }
}
