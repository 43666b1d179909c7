import Foundation
import TestSupport
import Testing

/// Names inside a pool lead to what they name, or to a sentence that says where they end.
@Suite struct NamingTests {
    /// The commands that take the name of a file.
    static let readers = Zinspect.commands.filter { ["dump", "ls", "stat", "cat"].contains($0) }

    /// What is asked of the pool `basic`, and a part of the answer.
    static let misnamed: [(name: String, says: String)] = [
        ("basci:/text.txt", "the pool has no dataset basci; did you mean basic?"),
        ("elsewhere/home:/text.txt", "the pool has no dataset elsewhere/home"),
        ("objset:9999:/text.txt", "the pool has no dataset objset:9999"),
        ("basic:/text.txt/below", "basic:/text.txt: it is no directory but a file"),
        ("basic:/tree/nothing", "there is no nothing in /tree"),
    ]

    @Test("a name that leads nowhere says where it ends", arguments: readers, misnamed)
    func wrong(command: String, question: (name: String, says: String)) throws {
        let pool = try TestPool.named("basic").unpack()
        let answer = try Zinspect.run(command, pool, question.name)
        #expect(answer.status == 8, "\(question.name)")
        #expect(answer.errorText.contains(question.says), "\(answer.errorText)")
        #expect(answer.output.isEmpty)
    }

    /// A key of the pool `crypt` as a file would hold it, and a part of the answer.
    static let unfitting: [(key: String, dataset: String, says: String)] = [
        (
            "incorrect horse\n", "crypt/pass",
            "the key that was given for crypt/pass does not open it"
        ),
        ("0123\n", "crypt/hex", "a hexadecimal key has 64 digits, this one 4"),
        (String(repeating: "z", count: 64), "crypt/hex", "no hexadecimal digit"),
        ("", "crypt/pass", "the passphrase is empty"),
        ("any", "crypt", "the dataset crypt is not encrypted"),
        ("any", "crypt/none", "the pool has no dataset crypt/none"),
    ]

    @Test("a key that does not fit is told", arguments: readers, unfitting)
    func wrongKey(
        command: String, question: (key: String, dataset: String, says: String)
    ) throws {
        let pool = try TestPool.named("crypt").unpack()
        let folder = try ScratchFolder()
        let key = try folder.write("key", Array(question.key.utf8))
        let answer = try Zinspect.run(
            command, pool, "crypt:/", "--key-file", "\(question.dataset)=\(key)")
        #expect(answer.status == 8)
        #expect(answer.errorText.contains(question.says), "\(answer.errorText)")
    }

    @Test("a key file that is not there is told", arguments: readers)
    func missingKey(command: String) throws {
        let pool = try TestPool.named("crypt").unpack()
        let answer = try Zinspect.run(
            command, pool, "crypt:/", "--key-file", "crypt/pass=\(pool)/no-such-key")
        #expect(answer.status == 8)
        #expect(answer.errorText.contains("no-such-key can't be opened"))
        let malformed = try Zinspect.run(command, pool, "crypt:/", "--key-file", "crypt/pass")
        #expect(malformed.status == 16)
    }

    @Test("without a key an encrypted file is not shown, and that is said", arguments: readers)
    func noKey(command: String) throws {
        let pool = try TestPool.named("crypt").unpack()
        let answer = try Zinspect.run(command, pool, "crypt/pass:/text.txt")
        #expect(answer.status == 8)
        #expect(answer.errorText.contains("crypt/pass"))
        #expect(answer.errorText.contains("encrypted and no key was given"))
    }

    @Test("with its key an encrypted file is shown", arguments: readers)
    func rightKey(command: String) throws {
        let pool = try TestPool.named("crypt").unpack()
        let folder = try ScratchFolder()
        let key = try folder.write("key", Array("correct horse battery staple\n".utf8))
        let answer = try Zinspect.run(
            command, pool, "crypt/pass/clone:/f", "--key-file", "crypt/pass=\(key)")
        #expect(answer.status == 0, "\(answer.errorText)")
    }
}
