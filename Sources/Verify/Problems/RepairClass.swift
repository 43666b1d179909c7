/// What mending a problem can cost. Only `restore` is ever done without asking.
package enum RepairClass: String, Sendable, CaseIterable {
    /// There is nothing to mend, or nothing that could mend it.
    case none
    /// Puts back what redundancy proves.
    case restore
    /// Derives a structure anew from primary facts.
    case rebuild
    /// Gives something up, which the plan names.
    case discard
}
