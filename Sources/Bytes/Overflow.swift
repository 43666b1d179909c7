/// Arithmetic on numbers from disk left the range of its type.
@usableFromInline
package struct Overflow: Error, Hashable {
    @usableFromInline
    package init() {}
}
