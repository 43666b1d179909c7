/// Arithmetic on numbers from disk left the range of its type.
package struct Overflow: Error, Hashable {
    package init() {}
}
