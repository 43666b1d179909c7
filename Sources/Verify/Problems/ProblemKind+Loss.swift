import Blocks
import Objects

extension ProblemKind {
    /// What it is that a block can't be read.
    init(lossOf error: BlockError) {
        if error.isChecksumMismatch {
            self = .blockChecksum
        } else if case .codec = error.reason {
            self = .decompressFailed
        } else {
            self = .blockUnreadable
        }
    }

    /// The same of a block of pointers, which is unreadable too where its contents can't be followed.
    init(lossOf error: ObjectError) {
        if case .block(_, _, let cause) = error.reason, case .codec = cause.reason {
            self = .decompressFailed
        } else {
            self = .blockUnreadable
        }
    }
}
