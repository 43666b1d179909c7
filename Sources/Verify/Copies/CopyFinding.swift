import Bytes
import Vdevs

/// What is wrong with one copy of a block on one device.
struct CopyFinding: Sendable {
    let kind: ProblemKind
    let place: BlockPlace
    let birth: TransactionGroup
    let address: DVA
    /// The first run that is wrong.
    let run: CopyRun
    /// Bytes in all runs that are.
    var byteCount: UInt64
    let cause: String

    init(_ flaw: CopyFlaw, _ place: BlockPlace, _ birth: TransactionGroup) {
        self.place = place
        self.birth = birth
        address = flaw.address
        run = flaw.run
        byteCount = UInt64(flaw.run.byteCount)
        switch flaw.cause {
        case .unreadable(let error):
            kind = .copyUnreadable
            cause = "\(error)"
        case .differs:
            cause = "other bytes stand there than the block's checksum proves"
            kind =
                switch flaw.run.role {
                case .copy: .copyDamaged
                case .dataColumn: .columnDamaged
                case .parity: .parityMismatch
                case .filler: .paddingDamaged
                }
        }
    }

    /// Whether another flaw of the same block is told of together with this one.
    func covers(_ other: CopyFinding) -> Bool {
        kind == other.kind && run.leaf == other.run.leaf && address == other.address
            && run.role == other.run.role
    }
}
