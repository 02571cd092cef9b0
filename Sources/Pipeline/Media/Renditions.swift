import Glibc
import Posts
import Subprocess

/// Makes renditions, and keeps them under the git directory for as long as someone lets them.
struct Renditions: Sendable {
    let root: String
    /// Absolute; made when it is needed.
    let folder: String
    let programs: ConverterPrograms
    let digests: MediaDigests

    /// The file that a network gets: itself, or what its rendition made of it, with the bytes and digest of that.
    /// Repeatable: the same file again while it lies in the folder.
    func settled(_ file: MediaFile) async throws(PlatformFailure) -> MediaFile {
        guard let rendition = file.rendition else { return file }
        let name = sha256(Array(file.identity.utf8)).split(separator: ":").last ?? ""
        let path = "\(folder)/\(name).\(rendition.format.rawValue)"
        if let known = try? look(at: path, file, rendition) { return known }
        // The bytes must still be those that were composed.
        let source = file.stored ?? root + "/" + file.path
        _ = try LocalMedia(source, file.done(rendition.original, digest: file.digest, at: source), digests)
        do { try Files.createFolders(folder) } catch { throw failure("media-cache", error.description) }
        let scratch = "\(path).\(getpid())-\(UInt64.random(in: .min ... .max))"
        defer { for ending in ["", ".1.v", ".2.v"] { unlink(scratch + ending) } }
        try await make(rendition, of: file, from: source, at: scratch)
        _ = try look(at: scratch, file, rendition)
        guard rename(scratch, path) == 0 else {
            throw failure("media-cache", "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        return try look(at: path, file, rendition)
    }

    /// Reads what was made as any other file: what the program says is not trusted.
    private func look(
        at path: String, _ file: MediaFile, _ rendition: Rendition
    ) throws(PlatformFailure) -> MediaFile {
        let descriptor: MediaDescriptor
        do { descriptor = try MediaDescriptor(path) } catch { throw failure("media-converter", error.description) }
        let info: MediaInfo
        do {
            info = try MediaReader.read(byteCount: descriptor.byteCount) { descriptor.bytes(in: $0) }
        } catch {
            throw failure("media-converter", "what was made of “\(file.path)” \(error.reason)")
        }
        guard let digest = digests.digest(of: descriptor), info.format == rendition.format,
            Rendition.Size(info.width, info.height) == rendition.canvas
        else { throw failure("media-converter", "“\(file.path)” was not converted as it should be") }
        guard info.byteCount <= rendition.mostBytes else {
            throw PlatformFailure(
                .permanent, code: "media-too-large",
                "“\(file.path)” has \(info.byteCount) bytes after conversion, \(rendition.mostBytes) are taken",
                hint: "make it smaller or shorter")
        }
        return file.done(info, digest: digest, at: path)
    }

    private func make(
        _ rendition: Rendition, of file: MediaFile, from source: String, at path: String
    ) async throws(PlatformFailure) {
        if rendition.format == .mp4 {
            guard let ffmpeg = programs.ffmpeg else { throw failure("media-converter", "ffmpeg is not installed") }
            return try await run(rendition.command(ffmpeg: ffmpeg, from: source, to: path), file)
        }
        guard let pictures = programs.pictures else {
            throw failure("media-converter", "neither vips nor ImageMagick is installed")
        }
        // 92 is as good as the original to the eye; below 50 blocks show.
        for quality in [92, 85, 75, 60, 50] {
            for command in rendition.commands(pictures, from: source, to: path, quality: quality) {
                try await run(command, file)
            }
            if let made = try? MediaDescriptor(path), made.byteCount <= rendition.mostBytes { return }
        }
    }

    private func run(_ command: ConverterCommand, _ file: MediaFile) async throws(PlatformFailure) {
        let ended: Ended?
        do { ended = try await Self.run(command) } catch {
            throw failure("media-converter", "\(command.program) cannot be run: \(error)")
        }
        guard let ended else {
            throw failure("media-converter", "\(command.program) took longer than \(Self.patience) with “\(file.path)”")
        }
        guard ended.isGood else {
            // A program without a reader for the format, or a file that only looks whole.
            throw PlatformFailure(
                .permanent, code: "media-converter",
                "\(command.program) could not convert “\(file.path)”: \(ended.words)",
                hint: "convert it yourself, then change the post")
        }
    }

    private struct Ended: Sendable {
        var isGood: Bool
        var words: String
    }

    /// A quarter of an hour is enough for a gibibyte of film.
    private static let patience: Duration = .seconds(900)

    /// nil if it did not end in time; it is then killed.
    private static func run(_ command: ConverterCommand) async throws -> Ended? {
        try await withThrowingTaskGroup(of: Ended?.self) { group in
            group.addTask {
                let result = try await Subprocess.run(
                    .name(command.program), arguments: Arguments(command.arguments), input: .none,
                    output: .discarded, error: .string(limit: 1 << 20))
                let words = result.standardError.split(whereSeparator: \.isNewline).last.map(String.init)
                return Ended(
                    isGood: result.terminationStatus.isSuccess, words: String((words ?? "no reason given").prefix(300)))
            }
            group.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    private func failure(_ code: String, _ message: String) -> PlatformFailure {
        PlatformFailure(.retryable, code: code, message)
    }
}
