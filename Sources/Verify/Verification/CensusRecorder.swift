import Blocks
import Bytes
import Datasets
import Objects
import Vdevs

/// One worker's share of the census that `verify` takes beside the claims of space.
struct CensusRecorder: CensusObserver {
    private let context: CheckContext
    private var unreadableCount = 0
    private var subtrees: SubtreeRecorder
    private let protection: ProtectionRecorder
    /// Nil where nobody asked for what it looks for.
    private var trees: TreeRecorder?
    private let zaps: ZAPRecorder?
    private var features = FeatureUseRecorder()
    private var problems = ProblemList()

    init(_ context: CheckContext) {
        self.context = context
        subtrees = SubtreeRecorder(context.census.deflation, context.census.budget)
        protection = ProtectionRecorder(context)
        if context.options.selection.includesAny(of: BlockTreeCheck.kinds) {
            trees = TreeRecorder(context.pool, context.census)
        }
        zaps =
            context.options.selection.includesAny(of: ZAPCheck.kinds)
            ? ZAPRecorder(context.census.budget) : nil
    }

    var contents: (any ContentObserver)? { zaps }

    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) {
        subtrees.visit(pointer, place)
        protection.visit(pointer, place)
        trees?.visit(pointer, place)
        features.visit(pointer, place)
        if pointer.isEmbedded, place.level == 0, !pointer.isRedacted { expand(pointer, place) }
    }

    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {
        subtrees.visit(object)
        trees?.visit(dnode, object, objectSet)
        zaps?.visit(dnode, object, objectSet)
        features.visit(dnode, objectSet)
    }

    mutating func opened(_ header: ObjectSetHeader, in block: CensusTask) {
        trees?.visit(header, block)
        features.visit(header, block)
    }

    mutating func entered(_ block: CensusTask) {
        subtrees.enter(block)
        trees?.enter(block)
        zaps?.enter(block)
    }

    mutating func passed(_ pointer: BlockPointer, at place: BlockPlace) {
        subtrees.pass(pointer, place)
        trees?.visit(pointer, place)
    }

    mutating func metAgain(_ block: CensusTask) {
        subtrees.lose(block.place, inEnteredBlock: false)
    }

    mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {
        unreadableCount += 1
        subtrees.lose(block.place, inEnteredBlock: true)
        trees?.loseFill()
    }

    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        unreadableCount += 1
        subtrees.lose(place, inEnteredBlock: true)
    }

    mutating func finishedBlock() {
        subtrees.finishBlock()
        trees?.finishBlock()
    }

    /// A block that stands in its pointer is nowhere else to be read.
    private mutating func expand(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard place.origin == .tree, !pointer.isEncrypted else { return }
        do {
            let outcome = try context.pool.reader.read(pointer)
            if pointer.type.isMetadata {
                zaps?.inspect(outcome.bytes.rawBytes, of: pointer, at: place)
            }
        } catch {
            problems.add(
                Problem(
                    ProblemKind(lossOf: error), at: Location(place, pointer),
                    evidence: Record(["cause": .text("\(error)")])))
        }
    }

    mutating func finish() {
        context.report(problems)
        subtrees.finish()
        context.census.add(subtrees)
        if let trees { context.census.add(trees.findings) }
        if let zaps { context.census.add(zaps.findings) }
        context.census.add(features)
        context.census.addUnreadable(unreadableCount)
    }
}
