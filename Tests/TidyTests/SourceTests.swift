import TestSupport
import Testing

/// House rules about Swift files that a compiler does not enforce.
@Suite struct SourceTests {
    static let sources = SourceFile.all(below: "Sources")
    static let everything = sources + SourceFile.all(below: "Tests")

    @Test("a file has at most 500 lines", arguments: everything)
    func length(file: SourceFile) {
        #expect(file.lines.count <= 500, "split \(file)")
    }

    @Test func `files over 300 lines are few`() {
        let long = Self.sources.filter { $0.lines.count > 300 }
        for file in long { print("over 300 lines: \(file) (\(file.lines.count))") }
        #expect(long.count * 20 <= Self.sources.count, "more than one file in twenty is long")
    }

    @Test("a file declares one type at its top level, and is named for it", arguments: sources)
    func oneType(file: SourceFile) {
        let types = file.topLevelTypes
        #expect(types.count <= 1, "\(file) declares \(types)")
        guard let type = types.first else { return }
        let name = file.stem.split(separator: "+")[0]
        #expect(type == name, "\(file) declares \(type)")
    }

    @Test("nothing traps on what it reads", arguments: sources)
    func traps(file: SourceFile) {
        for (index, line) in file.code.enumerated() {
            for word in ["try!", "fatalError(", " as! ", "unowned(unsafe)"] {
                #expect(!line.contains(word), "\(file):\(index + 1) says \(word)")
            }
        }
    }

    @Test("unsafe code stays in its three targets", arguments: sources)
    func unsafeCode(file: SourceFile) {
        guard !["Bytes", "Devices", "Codecs"].contains(file.target) else { return }
        for (index, line) in file.code.enumerated() {
            let words = line.split { !$0.isLetter && $0 != "_" && $0 != "@" && !$0.isNumber }
            #expect(!words.contains("unsafe"), "\(file):\(index + 1) is unsafe")
            #expect(!words.contains("@unchecked"), "\(file):\(index + 1) is unchecked")
            #expect(!line.contains("Unsafe"), "\(file):\(index + 1) is unsafe")
        }
    }

    @Test("only Repair opens a device for writing", arguments: sources)
    func writing(file: SourceFile) {
        guard file.target != "Repair", file.stem != "WritableDevice" else { return }
        for (index, line) in file.code.enumerated() {
            #expect(!line.contains("WritableDevice"), "\(file):\(index + 1) opens a device")
        }
    }

    @Test("comments say what is, not what is to be done", arguments: everything)
    func notes(file: SourceFile) {
        guard file.stem != "SourceTests" else { return }
        for (index, line) in file.lines.enumerated() {
            for word in ["TODO", "FIXME", "XXX:", "HACK:"] {
                #expect(!line.contains(word), "\(file):\(index + 1) says \(word)")
            }
        }
    }
}
