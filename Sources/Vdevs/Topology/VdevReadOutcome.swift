/// Bytes read from a vdev and the devices that failed on the way.
package struct VdevReadOutcome: Sendable {
    package let bytes: [UInt8]
    package let incidents: [VdevIncident]

    package init(bytes: [UInt8], incidents: [VdevIncident]) {
        self.bytes = bytes
        self.incidents = incidents
    }
}
