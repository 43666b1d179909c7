import ArgumentParser

/// The argument of `--key-file`: a dataset and the file that holds its key.
struct KeyFile: ExpressibleByArgument {
    let dataset: String
    let path: String

    init?(argument: String) {
        // A dataset's name holds no `=`; a path may.
        guard let mark = argument.firstIndex(of: "="), mark > argument.startIndex else {
            return nil
        }
        dataset = String(argument[..<mark])
        path = String(argument[argument.index(after: mark)...])
        guard !path.isEmpty else { return nil }
    }
}
