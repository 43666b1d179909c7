import Glibc

extension DeviceError: CustomStringConvertible {
    /// One sentence that names the device, what was asked of it, and why it failed.
    package var description: String {
        switch reason {
        case .unsuitable(let what): "\(device) \(what)"
        case .system(ENOENT) where Self.isUnnamable(device):
            "\(device) cannot be \(action): \(Self.unnamable)"
        case .system(let code): "\(device) cannot be \(action): \(Self.cause(code))"
        case .refused(let action, let code):
            unsafe "\(device) cannot be \(action): \(String(cString: strerror(code)))"
        case .pastEnd(let available):
            "\(device) cannot be \(action): it ends at byte \(available)"
        case .shortRead(let got):
            "\(device) cannot be \(action): only \(got) bytes came, so it was truncated meanwhile"
        case .timedOut(let seconds):
            "\(device) cannot be \(action): nothing came within \(Self.rounded(seconds)) s "
                + "(--io-timeout sets the limit)"
        case .hung:
            "\(device) cannot be \(action): it hangs; an earlier request never came back"
        }
    }

    /// Whether something of a path is not UTF-8, so that it can't be found by it.
    package static func isUnnamable(_ path: String) -> Bool { path.contains("\u{fffd}") }

    /// What then helps.
    package static let unnamable =
        "its name is not UTF-8; rename it, or make a link to it that has another name"

    /// What failed; an error without a count arose while the device was being opened.
    private var action: String {
        count == 0 ? "opened" : "read at byte \(offset) (\(count) bytes)"
    }

    /// What an `errno` means to the person who has to act on it.
    private static func cause(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or device"
        case EACCES, EPERM: "permission denied; run as root or as a user who may read it"
        case EIO: "the device reports a read error (EIO)"
        case ENXIO, ENODEV: "no device stands behind this name"
        case ENOMEDIUM: "no medium is in the drive"
        case EMFILE, ENFILE: "too many files are open; raise the limit with ulimit -n"
        case ENOTDIR: "a part of the path is not a directory"
        case ELOOP: "its symbolic links go in a circle"
        case ENAMETOOLONG: "the path is too long"
        default: unsafe String(cString: strerror(code))
        }
    }

    /// Seconds with no more digits than they need.
    private static func rounded(_ seconds: Double) -> String {
        let tenths = (seconds * 10).rounded() / 10
        guard tenths > 0 else { return String(seconds) }
        return tenths == tenths.rounded() ? String(Int64(tenths)) : String(tenths)
    }
}
