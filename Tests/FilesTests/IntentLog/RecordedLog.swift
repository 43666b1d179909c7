import Foundation
import TestSupport

/// What zdb 2.3.2 printed of a pool's intent logs (`zdb -iiii`), record by record.
struct RecordedLog {
    /// By dataset, in order: `49` for a block, `TX_MKDIR 112 27 48` for a record's type, length, txg and
    /// sequence number.
    private(set) var linesByDataset: [String: [String]] = [:]
    /// By dataset, the detail lines of all records without their indentation.
    private(set) var detailsByDataset: [String: [String]] = [:]

    init(pool: String) throws {
        let text = try String(
            contentsOfFile: "\(Project.root)/Tests/FilesTests/Vectors/\(pool).zdb-i.txt",
            encoding: .utf8)
        var dataset = ""
        // zdb leaves out the end of the line behind an attribute's value.
        for line in text.replacing("\tBlock seqno", with: "\n\tBlock seqno").split(separator: "\n")
        {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "," }.map(String.init)
            if words.first == "Dataset" {
                dataset = words[1]
            } else if words.starts(with: ["Block", "seqno"]) {
                linesByDataset[dataset, default: []].append(words[2])
            } else if line.contains("len"), let length = words.firstIndex(of: "len") {
                linesByDataset[dataset, default: []].append(
                    [words[0], words[length + 1], words[length + 3], words[length + 5]]
                        .joined(separator: " "))
            } else if line.hasPrefix("\t\t\t") {
                detailsByDataset[dataset, default: []].append(
                    line.trimmingCharacters(in: .whitespaces))
            }
        }
    }
}
