import Glibc
import JSON
package import Posts

/// Who this is in the claims ref: a random name beside the journal. It counts only on the machine, device and inode it
/// was made for; a copied clone, a snapshot or a restored cache is another runner, whose old journal still answers,
/// but whose silence proves nothing.
package struct Runner: Sendable {
    package let name: String
    package let journal: JournalFile
    /// What this runner sent and was answered.
    package let memory: JournalMemory
    /// Answers of journals that were set aside.
    package let inherited: JournalMemory

    package init(folder: String, random: UInt128) throws(Files.Failure) {
        try Files.createFolders(folder)
        let (journalPath, namePath) = (folder + "/journal", folder + "/runner")
        let known = (try? Files.read(namePath)).flatMap { try? JSON(parsing: $0) }
        let isKnown = known.map { $0["place"] == Self.place(of: journalPath) && $0["name"]?.string != nil } ?? false
        if !isKnown, Files.exists(journalPath) { try Self.setAside(journalPath, random: random) }
        let (journal, lines) = try JournalFile.open(journalPath)
        if isKnown, let name = known?["name"]?.string {
            self.name = name
        } else {
            name = "runner-" + String(random, radix: 36)
            guard let place = Self.place(of: journalPath) else {
                throw Files.Failure(path: journalPath, code: errno, doing: "identify")
            }
            try Files.replace(
                namePath, with: (["name": .string(name), "place": place] as JSON).pretty(), durable: true)
        }
        self.journal = journal
        memory = JournalMemory(lines)
        inherited = JournalMemory(Self.answersSetAside(in: folder))
    }

    private static func place(of path: String) -> JSON? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let machine = (try? Files.read("/etc/machine-id")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return [
            "device": JSON(Int64(bitPattern: UInt64(status.st_dev))),
            "inode": JSON(Int64(bitPattern: UInt64(status.st_ino))),
            "machine": .string(String(machine.prefix { $0.isHexDigit })),
        ]
    }

    private static func setAside(_ path: String, random: UInt128) throws(Files.Failure) {
        guard rename(path, path + ".aside-" + String(random, radix: 36)) == 0 else {
            throw Files.Failure(path: path, code: errno, doing: "set aside")
        }
    }

    private static func answersSetAside(in folder: String) -> [JournalLine] {
        Folder.names(in: folder).filter { $0.hasPrefix("journal.aside-") }.sorted().flatMap { name -> [JournalLine] in
            let lines = ((try? Files.read(folder + "/" + name)) ?? []).split(separator: UInt8(ascii: "\n"))
            return lines.compactMap { (try? JSON(parsing: $0)).flatMap(JournalLine.init) }.filter {
                if case .answered = $0 { true } else { false }
            }
        }
    }
}
