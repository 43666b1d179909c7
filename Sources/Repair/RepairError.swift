package import Bytes
package import Codecs
package import Datasets
package import Devices
package import Objects
package import Vdevs

/// A repair could not be prepared, written or taken back.
package enum RepairError: Error, Hashable, Sendable {
    case device(DeviceError)
    case vdev(VdevError)
    case codec(CodecError)
    case object(ObjectError)
    case pool(PoolError)
    /// The bytes of a structure that is to be changed are not what they must be; the object's number where it has one.
    case format(object: UInt64?, FormatError)
    /// There is no room for what must be written; a sentence says what for.
    case noSpace(String)
    /// The pool is in a state that can't be written to; a sentence says which and what helps.
    case unsupported(String)
    /// What is to be changed is not what the change was made for; a sentence says what was found.
    case changed(String)
    /// Somebody else has the pool; a sentence says who or how that was seen.
    case inUse(String)
    /// The preview speaks against the plan; a sentence says what.
    case refused(String)
    /// Writing failed in the middle; a sentence says why, and what state the pool is in.
    case brokenOff(String)
    /// The user ended it before anything was written.
    case cancelled
    /// An undo log or an overlay can't be used; a sentence says why.
    case undoLog(String)
}

extension RepairError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .device(let error): "\(error)"
        case .vdev(let error): "\(error)"
        case .codec(let error): "\(error)"
        case .object(let error): "\(error)"
        case .pool(let error): "\(error)"
        case .format(let object, let error):
            object.map { "object \($0): \(error)" } ?? "\(error)"
        case .noSpace(let what), .unsupported(let what), .changed(let what), .undoLog(let what),
            .inUse(let what), .refused(let what), .brokenOff(let what):
            what
        case .cancelled: "cancelled before anything was written"
        }
    }
}

extension RepairError {
    /// Runs `body` and wraps what it throws.
    static func object<Value>(
        _ body: () throws(ObjectError) -> Value
    ) throws(RepairError) -> Value {
        do {
            return try body()
        } catch {
            throw .object(error)
        }
    }

    /// The same for what the pool's structures say.
    static func pool<Value>(
        _ body: () throws(PoolError) -> Value
    ) throws(RepairError) -> Value {
        do {
            return try body()
        } catch {
            throw .pool(error)
        }
    }

    /// The same for files of our own, of which the sentence says enough.
    static func ownFile<Value>(
        _ body: () throws(PoolError) -> Value
    ) throws(RepairError) -> Value {
        do {
            return try body()
        } catch {
            switch error {
            case .ownFile(let what): throw .undoLog(what)
            case .device(let error): throw .device(error)
            default: throw .pool(error)
            }
        }
    }

    /// The same for packing and checksums.
    static func codec<Value>(
        _ body: () throws(CodecError) -> Value
    ) throws(RepairError) -> Value {
        do {
            return try body()
        } catch {
            throw .codec(error)
        }
    }

    /// The same for structures of an object.
    static func format<Value>(
        of object: UInt64?, _ body: () throws(FormatError) -> Value
    ) throws(RepairError) -> Value {
        do {
            return try body()
        } catch {
            throw .format(object: object, error)
        }
    }
}
