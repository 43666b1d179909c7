extension ObjectError: CustomStringConvertible {
    /// A sentence without a full stop that names the object, the place and the cause.
    package var description: String {
        let name = object.map { "object \($0)" } ?? "the object set"
        return switch reason {
        case .block(let level, let index, let error):
            "\(name): block \(index) of level \(level) can't be read: \(error)"
        case .format(let error): "\(name): \(error)"
        case .notAllocated: "\(name) is not allocated"
        case .outOfRange(let what): "\(name): \(what)"
        case .wrongType(let expected, let found): "\(name) is \(found), not \(expected)"
        case .noEntry(let key): "\(name) has no entry \(key)"
        case .sealed: "\(name) is encrypted and no key was given"
        case .limit(let what): "\(name): \(what)"
        }
    }
}
