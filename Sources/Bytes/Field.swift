/// One integer at a fixed place in an on-disk structure.
///
/// The decoder, `zinspect dump`, the JSON output and the field fuzzer all use the same fields.
package struct Field<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
    /// ZFS's own name of the field, in full: `ub_txg`.
    package let name: String
    /// Where it lies, in bytes from the start of the structure.
    package let offset: Int

    package init(_ name: String, at offset: Int) {
        self.name = name
        self.offset = offset
    }

    /// The field's value; throws where the structure ends before the field does.
    package func read(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) -> Value {
        do {
            return try bytes.integer(at: offset, order)
        } catch {
            throw FormatError(name, .outOfBounds(error))
        }
    }

    /// Writes the field into a copy of the structure that is being changed.
    ///
    /// All other bytes stay as they are, so that what we do not understand survives.
    package func write(
        _ value: Value, into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        let size = MemoryLayout<Value>.size
        guard offset >= 0, bytes.count >= size, offset <= bytes.count - size else {
            throw FormatError(
                name,
                .outOfBounds(OutOfBounds(offset: offset, count: size, available: bytes.count)))
        }
        let stored = order == .little ? value.littleEndian : value.bigEndian
        for index in 0..<size {
            bytes[offset + index] = UInt8(truncatingIfNeeded: stored >> Value(index * 8))
        }
    }
}
