import Bytes

extension BlockPointer: CustomStringConvertible {
    /// One line in the form that zdb prints (`SNPRINTF_BLKPTR`, `include/sys/spa.h`).
    @usableFromInline package var description: String {
        let birth = "birth=\(logicalBirth)L"
        if isHole {
            return "HOLE [L\(level) \(typeName)] size=\(hex(logicalSize))L \(birth)"
        }
        if isRedacted {
            return "REDACTED [L\(level) \(typeName)] size=\(hex(logicalSize))L \(birth)"
        }
        if isEmbedded {
            return "EMBEDDED [L\(level) \(typeName)] et=\(embeddedType) \(compression) "
                + "size=\(hex(logicalSize))L/\(hex(physicalSize))P \(birth)"
        }
        var parts: [String] = []
        var copies = 0
        for index in 0..<copyLimit where hasCopy(index) {
            parts.append("DVA[\(index)]=\(dva(index))")
            copies += 1
        }
        if isEncrypted {
            parts.append(
                "salt=\(hex(words[4])) iv=\(hex(words[5])):\(hex(words[11] >> 32))")
        }
        let copyNames = ["zero", "single", "double", "triple"]
        parts += [
            "[L\(level) \(typeName)]", "\(checksumAlgorithm)", "\(compression)", protection,
            order == .little ? "LE" : "BE", isGang ? "gang" : "contiguous",
            isDeduplicated ? "dedup" : "unique", copyNames[copies],
            "size=\(hex(logicalSize))L/\(hex(physicalSize))P",
            "\(birth)/\(physicalBirth)P", "fill=\(fill)", "cksum=\(checksum)",
        ]
        return parts.joined(separator: " ")
    }

    /// zdb has another form here for types that describe themselves.
    private var typeName: String {
        guard type.isSelfDescribing, type.isKnown else { return "\(type)" }
        return "bswap \(type.isMetadata ? "metadata" : "data") \(type.content)"
    }

    private var protection: String {
        if isEncrypted { return "encrypted" }
        if isAuthenticated { return "authenticated" }
        return hasIndirectAuthenticationCode ? "indirect-MAC" : "unencrypted"
    }

    private func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }
}
