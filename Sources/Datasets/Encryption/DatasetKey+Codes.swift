package import Bytes
package import Codecs
package import Objects
package import Vdevs

extension DatasetKey {
    /// Whether the code in the pointer to a block that is authenticated but not encrypted proves its stored
    /// bytes.
    package func proves(
        _ pointer: BlockPointer, stored: [UInt8]
    ) throws(CodecError) -> Bool {
        try code(of: stored) == pointer.authenticationCode
    }

    /// The code of a block that is authenticated but not encrypted, over its bytes as stored.
    func code(of stored: [UInt8]) throws(CodecError) -> [UInt8] {
        [UInt8](
            try HMACSHA512.compute(key: hmacKey, stored.rawBytes).prefix(AEAD.codeByteCount))
    }

    /// The two codes that an object set's header should carry.
    package struct ObjectSetCodes: Sendable, Hashable {
        /// Over what a raw send keeps: the type and the meta dnode.
        package let portable: [UInt8]
        /// Over the accounting dnodes and the flags; zeros where there is no accounting.
        package let local: [UInt8]
    }

    /// Computes the codes of an object set's header.
    ///
    /// Mirrors `zio_crypt_do_objset_hmacs` (`module/os/linux/zfs/zio_crypt.c`).
    package func codes(of header: ObjectSetHeader) throws(CodecError) -> ObjectSetCodes {
        // The type alone is taken with its high byte first, on every host.
        var message = [UInt8](Self.littleEndian(header.type.rawValue).reversed())
        // None of the flags is the same on both sides of a raw send.
        message += Self.littleEndian(0)
        message += try portable(header.metaDnode)
        let portable = try HMACSHA512.compute(key: hmacKey, message.rawBytes)
        let accounting = [header.userUsed, header.groupUsed, header.projectUsed]
        let isComplete = header.flags.contains(.userAccountingComplete)
        var local = [UInt8](repeating: 0, count: 32)
        if isComplete, accounting.contains(where: { $0 != nil }) {
            var message = Self.littleEndian(header.flags.rawValue)
            for dnode in accounting {
                if let dnode { message += try self.portable(dnode) }
            }
            let code = try HMACSHA512.compute(key: hmacKey, message.rawBytes)
            local = [UInt8](code.prefix(32))
        }
        return ObjectSetCodes(portable: [UInt8](portable.prefix(32)), local: local)
    }

    /// An object set's header with the codes that it should carry.
    package func sealing(
        header bytes: [UInt8], _ order: ByteOrder
    ) throws(CodecError) -> [UInt8] {
        let header: ObjectSetHeader
        do {
            header = try ObjectSetHeader(bytes.rawBytes, order)
        } catch {
            throw .authentication("the object set's header is malformed: \(error)")
        }
        let codes = try codes(of: header)
        var sealed = bytes
        sealed.replaceSubrange(ObjectSetHeader.Layout.portableMAC.range, with: codes.portable)
        sealed.replaceSubrange(ObjectSetHeader.Layout.localMAC.range, with: codes.local)
        return sealed
    }

    /// The fixed part of a dnode in little-endian order, and its pointers, as far as a raw send keeps them.
    private func portable(_ dnode: Dnode) throws(CodecError) -> [UInt8] {
        let bytes = dnode.bytes
        var core = SealedBlock.portableCore([UInt8](bytes.prefix(Dnode.Layout.tailOffset)))
        if dnode.order == .big {
            core.swapAt(8, 9)
            core.swapAt(10, 11)
            core.replaceSubrange(16..<24, with: core[16..<24].reversed())
        }
        for index in 0..<Int(dnode.pointerCount) {
            core += dnode.pointer(index).portable(version: version)
        }
        if let spill = dnode.spillPointer { core += spill.portable(version: version) }
        return core
    }
}
