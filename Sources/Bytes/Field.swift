/// One integer at a fixed place in an on-disk structure.
///
/// The decoder, `zinspect dump`, the JSON output and the field fuzzer all use the same fields.
/// Reading and writing are inlinable, because a generic function of another module is not specialised
/// otherwise.
@usableFromInline
package struct Field<Value: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
    /// ZFS's own name of the field, in full: `ub_txg`.
    @usableFromInline package let name: String
    /// Where it lies, in bytes from the start of the structure.
    @usableFromInline package let offset: Int

    package init(_ name: String, at offset: Int) {
        self.name = name
        self.offset = offset
    }

    /// The field's value; throws where the structure ends before the field does.
    @inlinable
    package func read(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) -> Value {
        do {
            return try bytes.integer(at: offset, order)
        } catch {
            throw outside(error)
        }
    }

    /// Writes the field into a copy of the structure that is being changed.
    ///
    /// All other bytes stay as they are, so that what we do not understand survives.
    @inlinable
    package func write(
        _ value: Value, into bytes: inout [UInt8], _ order: ByteOrder
    ) throws(FormatError) {
        let size = MemoryLayout<Value>.size
        guard offset >= 0, bytes.count >= size, offset <= bytes.count - size else {
            throw outside(OutOfBounds(offset: offset, count: size, available: bytes.count))
        }
        bytes.withMutableRawBytes {
            $0.storeBytes(of: order.native(value), toByteOffset: offset, as: Value.self)
        }
    }

    @usableFromInline
    func outside(_ place: OutOfBounds) -> FormatError { FormatError(name, .outOfBounds(place)) }
}
