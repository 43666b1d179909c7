import Bytes

/// Something that bytes can be written to in place: a device, or whatever stands in for one.
///
/// A commit goes to targets and does not know whether they are devices of a pool, an overlay that a preview reads
/// through, or a recorder of a test.
package protocol WritableTarget: BlockDevice {
    /// Writes all of `bytes` at `offset`, inside the device, or throws.
    ///
    /// They may still be lost, or arrive in any order, until `flush` has returned.
    func write(_ bytes: RawSpan, at offset: UInt64) throws(DeviceError)
    /// Returns once everything written so far is on stable storage.
    func flush() throws(DeviceError)
}

extension WritableTarget {
    package func write(_ patch: Patch) throws(DeviceError) {
        try write(patch.bytes.rawBytes, at: patch.offset)
    }
}
