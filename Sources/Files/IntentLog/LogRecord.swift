package import Bytes
package import Vdevs

/// One change to a file system or volume that was made durable before its transaction group was.
///
/// The header is always there; what follows it may be damaged, unknown or encrypted without taking the
/// rest of the log with it. Mirrors `lr_t` and the `lr_*_t` (`include/sys/zil.h`).
package struct LogRecord: Sendable {
    package let type: LogRecordType
    /// Names in the request were to be taken without regard to case (`TX_CI`).
    package let ignoresCase: Bool
    /// Bytes that the record takes in its block.
    package let byteCount: Int
    /// The transaction group the change was part of.
    package let txg: TransactionGroup
    /// Rises by one with each record of a log; replay starts after `IntentLogHeader.replaySequence`.
    package let sequence: UInt64
    package let body: Body
    /// The record as stored, header included.
    package let bytes: [UInt8]
    package let order: ByteOrder

    package enum Body: Sendable {
        case decoded(any LogRecordBody)
        /// A type that this version does not know.
        case unknown
        /// The payload is encrypted; block pointers stand in the clear even then.
        case encrypted([BlockPointer])
        case damaged(FormatError)
    }

    /// Decodes the record at the start of `bytes`, whose length must lie within them.
    package init(
        _ bytes: RawSpan, _ order: ByteOrder, isEncrypted: Bool = false
    ) throws(FormatError) {
        let word = try Layout.type.read(bytes, order)
        let length = try Layout.recordLength.read(bytes, order)
        txg = TransactionGroup(try Layout.txg.read(bytes, order))
        sequence = try Layout.sequence.read(bytes, order)
        guard let count = Int(exactly: length), count >= Layout.byteCount, count <= bytes.byteCount
        else { throw FormatError(Layout.recordLength.name, .badValue(length)) }
        type = LogRecordType(rawValue: word & ~(1 << 63))
        ignoresCase = word >> 63 != 0
        byteCount = count
        self.order = order
        let own = bytes.extracting(0..<count)
        self.bytes = own.array
        do throws(FormatError) {
            body =
                isEncrypted
                ? .encrypted(try Self.plainPointers(type, own, order))
                : try Self.decode(type, own, order)
        } catch {
            body = .damaged(error)
        }
    }

    /// The block pointers of the record, which claim space of their own.
    package var pointers: [BlockPointer] {
        switch body {
        case .decoded(let body as LoggedWrite): body.pointer.isHole ? [] : [body.pointer]
        case .decoded(let body as LoggedClone): body.pointers
        case .encrypted(let pointers): pointers
        default: []
        }
    }

    private static func decode(
        _ type: LogRecordType, _ bytes: RawSpan, _ order: ByteOrder
    ) throws(FormatError) -> Body {
        switch type {
        case .create, .makeDirectory, .makeAttributeDirectory, .symlink, .createWithACL,
            .createWithAttributes, .createWithACLAndAttributes, .makeDirectoryWithACL,
            .makeDirectoryWithAttributes, .makeDirectoryWithACLAndAttributes:
            .decoded(try LoggedCreation(bytes, order, type))
        case .remove, .removeDirectory: .decoded(try LoggedRemoval(bytes, order))
        case .link: .decoded(try LoggedLink(bytes, order))
        case .rename, .renameExchange, .renameWhiteout:
            .decoded(try LoggedRename(bytes, order, type))
        case .write, .write2: .decoded(try LoggedWrite(bytes, order, type))
        case .truncate: .decoded(try LoggedTruncation(bytes, order))
        case .setAttributes: .decoded(try LoggedAttributes(bytes, order))
        case .setOldACL, .setACL: .decoded(try LoggedACL(bytes, order, type))
        case .setExtendedAttribute: .decoded(try LoggedExtendedAttribute(bytes, order))
        case .cloneRange: .decoded(try LoggedClone(bytes, order))
        default: .unknown
        }
    }

    /// What `zio_crypt_init_uios_zil` (`module/os/linux/zfs/zio_crypt.c`) leaves readable: the pointer of
    /// a write, and all those of a clone.
    private static func plainPointers(
        _ type: LogRecordType, _ bytes: RawSpan, _ order: ByteOrder
    ) throws(FormatError) -> [BlockPointer] {
        switch type {
        case .write:
            let pointer = try BlockPointer(
                bytes, at: LoggedWrite.Layout.pointer.range.lowerBound, order)
            return pointer.isHole ? [] : [pointer]
        case .cloneRange:
            var offset = LoggedClone.Layout.byteCount
            var pointers: [BlockPointer] = []
            while bytes.byteCount - offset >= BlockPointer.byteCount {
                pointers.append(try bytes.takePointer(at: &offset, order))
            }
            return pointers
        default: return []
        }
    }
}
