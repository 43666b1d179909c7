import Devices
import Glibc

extension DeviceError {
    /// Whether the user lacks the right, which is so for all files of a kind.
    var isForbidden: Bool {
        if case .refused(_, EPERM) = reason { true } else { false }
    }

    /// Whether there is no more room.
    var isFullTarget: Bool {
        guard case .refused(_, let code) = reason else { return false }
        return code == ENOSPC || code == EDQUOT
    }

    /// Whether the target takes no more files at all: full, over quota, read-only, broken.
    var endsExtraction: Bool {
        guard case .refused(_, let code) = reason else { return false }
        return [ENOSPC, EDQUOT, EROFS, EIO, EMFILE, ENFILE, ENODEV].contains(code)
    }
}
