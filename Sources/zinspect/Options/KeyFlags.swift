import ArgumentParser
import Codecs
import Datasets
import Files
import Report

/// The options of every command that reads files, which may be encrypted.
struct KeyFlags: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp(
            """
            Open an encrypted dataset, and all that inherits its key, with the key in this file: \
            raw, hexadecimal or passphrase as the dataset says; may be repeated. Without it the key \
            is asked for where standard input is a terminal.
            """, valueName: "dataset=file"),
        completion: .file())
    var keyFiles: [KeyFile] = []

    /// The pool with the keys that were given; throws where one opens nothing.
    ///
    /// `replaying` shows datasets as they would be after the replay of their intent logs.
    func contents(of pool: Pool, replaying: Bool = false) throws -> PoolContents {
        let contents = PoolContents(
            pool, replaying: replaying, ask: SecretBytes.canPrompt ? Self.ask : nil)
        guard contents.keyring != nil else { return contents }
        for file in keyFiles {
            let key = UserKey(
                try SecretBytes.contents(of: file.path, limit: UserKey.byteLimit))
            try contents.unlock(file.dataset, with: key)
        }
        return contents
    }

    private static func ask(_ request: KeyRequest) throws(PoolError) -> UserKey? {
        // A raw key can't be typed.
        guard request.format != .raw else { return nil }
        let why = request.refusal.map { "\($0)\n" } ?? ""
        let form = request.format == .hex ? "hexadecimal key" : "passphrase"
        let line: SecretBytes?
        do {
            line = try SecretBytes.prompt(
                "\(why)Enter the \(form) of \(request.dataset) (empty: go on without): ",
                limit: UserKey.byteLimit)
        } catch {
            throw .badKey("\(error)")
        }
        guard let line else { throw .cancelled }
        return line.count == 0 ? nil : UserKey(line)
    }
}
