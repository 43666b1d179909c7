/// Something that went wrong on one device although the read may still succeed through redundancy.
package struct VdevIncident: Sendable, Hashable {
    package let location: DeviceLocation
    package let cause: Cause

    package enum Cause: Sendable, Hashable {
        /// The device gave no bytes.
        case unreadable(VdevError)
        /// It gave bytes, but not those that were written.
        case wrong
    }

    package init(_ location: DeviceLocation, _ cause: Cause) {
        self.location = location
        self.cause = cause
    }
}

extension VdevIncident: CustomStringConvertible {
    /// One sentence without a full stop.
    package var description: String {
        switch cause {
        case .unreadable(let error): "\(location) can't be read: \(error)"
        case .wrong: "\(location) is damaged"
        }
    }
}

extension VdevIncident.Cause {
    /// The incident that an error of one device amounts to.
    init(_ error: VdevError) {
        if case .rejected = error { self = .wrong } else { self = .unreadable(error) }
    }
}
