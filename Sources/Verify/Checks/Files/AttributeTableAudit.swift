import Bytes
import Files
import Objects

/// The check of a file system's registry of attributes and of its layouts.
///
/// Mirrors what `sa_setup` and `sa_attr_table_setup` (`module/zfs/sa.c`) take for granted.
struct AttributeTableAudit {
    private let audit: FilesystemAudit

    init(_ audit: FilesystemAudit) { self.audit = audit }

    func run() {
        guard let number = audit.filesystem.masterEntries["SA_ATTRS"], number != 0,
            let tables = table(number)
        else { return }
        var lengths: [UInt16: AttributeDefinition] = [:]
        // Numbers that files use before any attribute is registered (`sa_legacy_attrs`).
        for definition in SystemAttributes.legacy.definitions.values {
            lengths[definition.number] = definition
        }
        if let registry = object("REGISTRY", tables) { check(registry: registry, &lengths) }
        if let layouts = object("LAYOUTS", tables) { check(layouts: layouts, lengths) }
    }

    private func table(_ number: UInt64) -> ZAP? {
        do throws(ObjectError) {
            return try ZAP(try audit.set.object(number))
        } catch {
            if !error.isUnreadableBlock { report(number, nil, "\(error)") }
            return nil
        }
    }

    /// A file system that holds no file of that form yet has neither table.
    private func object(_ name: String, _ tables: ZAP) -> ZAP? {
        var stored: ZAPEntry?
        tables.forEachEntry { entry in
            if stored == nil, entry.name == name { stored = entry }
        }
        guard let stored else { return nil }
        guard let number = stored.uint64 else {
            report(tables.object.number, name, "the value is not one number")
            return nil
        }
        return table(number)
    }

    private func check(registry: ZAP, _ registered: inout [UInt16: AttributeDefinition]) {
        var own: [UInt16: String] = [:]
        registry.forEachEntry { entry in
            guard let word = entry.uint64, word >> 40 == 0 else {
                report(
                    registry.object.number, entry.name,
                    "the value is no number, length and way of swapping")
                return
            }
            let definition = AttributeDefinition(name: entry.name, word: word)
            if let other = own.updateValue(entry.name, forKey: definition.number) {
                report(
                    registry.object.number, max(entry.name, other),
                    "it has the number of \(min(entry.name, other)): \(definition.number)")
            }
            registered[definition.number] = definition
            if let known = definition.known, known.length != definition.length {
                report(
                    registry.object.number, entry.name,
                    "its length is \(definition.length), and files have \(known.length)")
            }
            if definition.swap > Self.lastSwap {
                report(
                    registry.object.number, entry.name,
                    "there is no way \(definition.swap) of swapping bytes")
            }
        }
    }

    /// `SA_ACL` (`sa_bswap_type_t`, `include/sys/sa.h`).
    private static let lastSwap: UInt8 = 4

    private func check(layouts: ZAP, _ registered: [UInt16: AttributeDefinition]) {
        layouts.forEachEntry { entry in
            let number = layouts.object.number
            // 0 and 1 stand for old znodes and empty buffers; the header has ten bits for the number.
            guard let layout = UInt16(entry.name), String(layout) == entry.name,
                (2..<1024).contains(layout), entry.integerSize == 2
            else {
                report(number, entry.name, "it is not a list of attributes under a number")
                return
            }
            let attributes = entry.words.map { UInt16(truncatingIfNeeded: $0) }
            if Set(attributes).count != attributes.count {
                report(number, entry.name, "it names an attribute twice")
            }
            if let unknown = attributes.first(where: { registered[$0] == nil }) {
                report(number, entry.name, "attribute \(unknown) is not registered")
            }
        }
    }

    private func report(_ object: UInt64, _ key: String?, _ why: String) {
        audit.report(.attributeTables, object, key: key, ["cause": .text(why)])
    }
}
