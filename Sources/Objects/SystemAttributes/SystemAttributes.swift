import Bytes

/// The tables by which one file system's attribute buffers are read: numbers to names, layouts to lists.
///
/// Mirrors `sa_os_t` and `sa_setup` (`module/zfs/sa.c`).
package struct SystemAttributes: Sendable {
    /// The registered attributes by number.
    package let definitions: [UInt16: AttributeDefinition]
    package let layouts: [UInt16: AttributeLayout]
    /// What is wrong with the tables, each a sentence; what can be read without is.
    package let problems: [String]

    /// The tables of a file system without any: only old znodes can be read.
    package static let legacy = SystemAttributes(definitions: conventional, layouts: [:])

    /// `layouts` has for each the numbers of its attributes in the order of their bytes.
    package init(
        definitions: [UInt16: AttributeDefinition], layouts: [UInt16: [UInt16]],
        problems: [String] = []
    ) {
        self.definitions = definitions
        self.layouts = layouts.mapValues { AttributeLayout($0, definitions) }
        self.problems = problems
    }

    /// Reads the tables of a file system, found through its master node; early versions have none.
    ///
    /// Throws where the master node can't be read. Damage in the tables themselves is a problem.
    package init(_ set: ObjectSet) throws(ObjectError) {
        let master = try ZAP(try set.object(Self.masterNode))
        guard let number = try master.lookup("SA_ATTRS")?.uint64 else {
            self = .legacy
            return
        }
        try self.init(set, tables: number)
    }

    /// Reads the tables from the object that names registry and layouts (`DMU_OT_SA_MASTER_NODE`).
    package init(_ set: ObjectSet, tables number: UInt64) throws(ObjectError) {
        let tables = try ZAP(try set.object(number))
        var problems: [String] = []
        let registered = Self.read("REGISTRY", tables, set, &problems)
        var definitions = Self.conventional
        for entry in registered {
            guard let word = entry.uint64 else {
                problems.append("the registered attribute \(entry.name) has no definition")
                continue
            }
            let definition = AttributeDefinition(name: entry.name, word: word)
            definitions[definition.number] = definition
        }
        var layouts: [UInt16: [UInt16]] = [:]
        for entry in Self.read("LAYOUTS", tables, set, &problems) {
            guard let layout = UInt16(entry.name), entry.integerSize == 2 else {
                problems.append("the attribute layout \(entry.name) is not a list of attributes")
                continue
            }
            layouts[layout] = entry.words.map { UInt16(truncatingIfNeeded: $0) }
        }
        self.init(definitions: definitions, layouts: layouts, problems: problems)
    }

    /// Object 1 of each file system (`MASTER_NODE_OBJ`).
    private static let masterNode: UInt64 = 1

    /// The numbers that file systems give these attributes unless they are very old; the registry wins.
    private static let conventional: [UInt16: AttributeDefinition] = {
        var definitions: [UInt16: AttributeDefinition] = [:]
        for name in AttributeName.allCases {
            let definition = AttributeDefinition(name)
            definitions[definition.number] = definition
        }
        return definitions
    }()

    private static func read(
        _ name: String, _ tables: ZAP, _ set: ObjectSet, _ problems: inout [String]
    ) -> [ZAPEntry] {
        do {
            guard let number = try tables.lookup(name)?.uint64 else { return [] }
            let (entries, damage) = try ZAP(try set.object(number))
                .contents(within: .held)
            for problem in damage { problems.append("\(name): \(problem.what)") }
            return entries
        } catch {
            problems.append("\(name): \(error)")
            return []
        }
    }
}
