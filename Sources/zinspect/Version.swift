/// The program's version, as `--version` and every JSON header tell it.
enum Version {
    static let current = "0.1.0"
}
