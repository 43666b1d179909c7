package import Bytes

extension Problem {
    /// What a decoder of packed lists complains of; `location` says where the list stands and which pair it is about.
    package init(_ finding: NVFinding, at location: Location) {
        self.init(
            .nvlist(finding.what), at: location,
            evidence: Record([
                "cause": .text("\(finding.what)"),
                "byte": .offset(UInt64(max(0, finding.byteOffset))),
            ]))
    }
}
