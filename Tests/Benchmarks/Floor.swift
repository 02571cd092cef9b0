import CYAML
import Glibc
import Posts

/// The least that answers “what is due?” without an index, on one thread: names and `lstat` of all files, the first
/// 4 KiB of each post with libyaml's events of its front matter, all bytes of each sidecar. Nothing is made of it.
struct Floor {
    let root: String
    private(set) var posts = 0
    private var buffer = [UInt8](repeating: 0, count: 1 << 20)

    init(root: String) { self.root = root }

    mutating func run() {
        posts = 0
        walk(root + "/posts")
    }

    private mutating func walk(_ path: String) {
        guard let folder = opendir(path) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { name in
                    guard name[0] != CChar(bitPattern: UInt8(ascii: ".")) else { return }
                    if isFolder { return walk(path + "/" + String(cString: name)) }
                    visit(name, in: dirfd(folder))
                }
            }
        }
    }

    private mutating func visit(_ name: UnsafePointer<CChar>, in folder: Int32) {
        var status = stat()
        fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW)
        let isPost = strcmp(name + strlen(name) - 3, ".md") == 0
        guard isPost || strstr(name, ".results.json") != nil else { return }
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        let count = Glibc.read(file, &buffer, isPost ? 4096 : buffer.count)
        guard isPost else { return }
        posts += 1
        buffer.withUnsafeBufferPointer { bytes in
            guard case .found(let parts) = FrontMatter(of: UnsafeBufferPointer(rebasing: bytes[..<count])) else {
                return
            }
            parse(UnsafeBufferPointer(rebasing: bytes[parts.yaml]))
        }
    }

    private func parse(_ yaml: UnsafeBufferPointer<UInt8>) {
        var parser = yaml_parser_t()
        yaml_parser_initialize(&parser)
        defer { yaml_parser_delete(&parser) }
        yaml_parser_set_input_string(&parser, yaml.baseAddress, yaml.count)
        var event = yaml_event_t()
        var isEnd = false
        while !isEnd, yaml_parser_parse(&parser, &event) == 1 {
            isEnd = event.type == YAML_STREAM_END_EVENT
            yaml_event_delete(&event)
        }
    }
}
