import Codecs
import Vdevs

extension IntentLog.End: CustomStringConvertible {
    /// Half a sentence that follows "the log".
    package var description: String {
        switch self {
        case .empty: "is empty"
        case .claimed: "ends where it was claimed to"
        case .claimedUnwritten(let pointer):
            "ends before block \(pointer.checksum.word3), which was claimed but never written"
        case .notWritten(let pointer, _):
            "ends before block \(pointer.checksum.word3), which was allocated but not written"
        case .lost(let pointer, let error):
            "breaks off at block \(pointer.checksum.word3), which was claimed: \(error)"
        case .damaged(let pointer, let error):
            "breaks off at block \(pointer.checksum.word3): \(error)"
        case .limit: "is longer than \(IntentLog.blockLimit) blocks"
        }
    }
}
