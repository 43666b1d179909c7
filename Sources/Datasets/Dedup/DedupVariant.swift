package import Bytes
package import Vdevs

/// One stored form of a deduplicated block: where its copies lie and how often it is referenced.
///
/// Mirrors the members `ddp_trad` and `ddp_flat` of `ddt_univ_phys_t` (`include/sys/ddt.h`).
package struct DedupVariant: Sendable, Hashable {
    /// How many copies were asked for: 0 obsolete ditto blocks, 1 to 3; nil in a flat entry.
    package let copies: Int?
    /// `ddp_dva`.
    package let dvas: [DVA]
    /// `ddp_refcnt`.
    package let references: UInt64
    /// `ddp_phys_birth`; 0 where the form is not in use.
    package let physicalBirth: TransactionGroup
    /// `ddp_class_start`: seconds since 1970 when it came into its class; nil in a legacy entry.
    package let classStart: UInt64?

    /// The bytes of one legacy form, and of a flat entry.
    static let legacySize = 64
    static let flatSize = 72

    init(
        _ bytes: RawSpan, at offset: Int, _ order: ByteOrder, copies: Int?
    ) throws(FormatError) {
        var words: [UInt64] = []
        let count = (copies == nil ? Self.flatSize : Self.legacySize) / 8
        for index in 0..<count {
            words.append(try Field("ddt_univ_phys_t", at: offset + index * 8).read(bytes, order))
        }
        self.copies = copies
        dvas = [0, 2, 4].map { DVA(word0: words[$0], word1: words[$0 + 1]) }
        references = words[6]
        physicalBirth = TransactionGroup(words[7])
        classStart = copies == nil ? words[8] : nil
    }

    package init(
        copies: Int?, dvas: [DVA], references: UInt64, physicalBirth: TransactionGroup,
        classStart: UInt64?
    ) {
        precondition(dvas.count == 3, "a form has three addresses")
        self.copies = copies
        self.dvas = dvas
        self.references = references
        self.physicalBirth = physicalBirth
        self.classStart = classStart
    }

    /// Whether the form stands for anything.
    package var isInUse: Bool { physicalBirth.rawValue != 0 }

    /// Whether it says nothing at all but when it came into its class (`ddt_phys_clear`).
    package var isEmpty: Bool {
        references == 0 && physicalBirth.rawValue == 0 && dvas.allSatisfy(\.isEmpty)
    }

    /// The addresses that hold the block; of an encrypted one the third holds salt and IV.
    package func addresses(encrypted: Bool) -> [DVA] {
        dvas.prefix(encrypted ? 2 : 3).filter { !$0.isEmpty }
    }
}
