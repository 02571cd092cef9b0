import Foundation
import Git
import Testing

@Suite struct `Opening a repository` {
    @Test func `looks upwards from a folder inside`() throws {
        let made = try TestRepository.withPosts()
        let repository = try Repository.open(at: made.path + "/posts/2026")
        #expect(repository.workingDirectory?.hasSuffix("/clone") == true)
        #expect(repository.gitDirectory.hasSuffix("/clone/.git"))
        #expect(repository.commonDirectory == repository.gitDirectory)
        #expect(!repository.isBare && !repository.isShallow)
        #expect(repository.state == .clean)
    }

    @Test func `says so when there is none`() throws {
        let made = try TestRepository.folder()
        #expect(gitCode { try made.open() } == .notARepository)
    }

    @Test func `names the setting of a SHA-256 repository`() throws {
        let made = try TestRepository.folder()
        try made.git("init", "-q", "--object-format=sha256")
        let error = gitFailure { try made.open() }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("extensions.objectFormat") == true)
    }

    @Test func `names the setting of a reftable`() throws {
        let made = try TestRepository.withPosts()
        try made.git("config", "core.repositoryFormatVersion", "1")
        try made.git("config", "extensions.refStorage", "reftable")
        #expect(gitFailure { try made.open() }?.message.contains("extensions.refStorage") == true)
    }

    @Test func `reads a repository with a setting for each worktree`() throws {
        let made = try TestRepository.withPosts()
        try made.git("config", "core.repositoryFormatVersion", "1")
        try made.git("config", "extensions.worktreeConfig", "true")
        #expect(try made.open().head.branch == "main")
    }

    @Test func `reads settings and remotes`() throws {
        let made = try TestRepository.withPosts()
        try made.git("remote", "add", "origin", "gh:acme/posts.git")
        try made.git("config", "url.https://github.com/.insteadOf", "gh:")
        try made.git("config", "branch.main.remote", "origin")
        let repository = try made.open()
        #expect(try repository.remotes == ["origin"])
        #expect(try repository.remoteURL("origin") == "https://github.com/acme/posts.git")
        #expect(try repository.remoteURL("other") == nil)
        #expect(try repository.config("branch.main.remote") == "origin")
        #expect(try repository.config("no.such") == nil)
    }

    @Test func `reads the person's settings from where a variable says`() throws {
        let made = try TestRepository.withPosts()
        try made.write("settings", "[user]\n\tname = Ada\n")
        let repository = try Repository.open(at: made.path, environment: ["GIT_CONFIG_GLOBAL": made.path + "/settings"])
        #expect(try repository.config("user.name") == "Ada")
    }
}

@Suite struct `HEAD` {
    @Test func `is a branch`() throws {
        let made = try TestRepository.withPosts()
        #expect(try made.open().head == .branch(reference: "refs/heads/main", at: made.id("HEAD")))
    }

    @Test func `is unborn in a new repository`() throws {
        let made = try TestRepository.empty()
        #expect(try made.open().head == .unborn(reference: "refs/heads/main"))
    }

    @Test func `may be detached`() throws {
        let made = try TestRepository.withPosts()
        try made.git("checkout", "-q", "--detach")
        let head = try made.open().head
        #expect(head == .detached(at: try made.id("HEAD")))
        #expect(head.branch == nil)
    }

    @Test func `shows a merge in progress`() throws {
        let made = try TestRepository.withPosts()
        try made.git("checkout", "-q", "-b", "other")
        try made.write("notes.txt", "other\n")
        try made.git("commit", "-qam", "Other")
        try made.git("checkout", "-q", "main")
        try made.write("notes.txt", "mine\n")
        try made.git("commit", "-qam", "Mine")
        let merge = try made.run(["merge", "other"], in: made.path)
        #expect(merge.status == 1)
        #expect(try made.open().state == .merge)
    }
}

@Suite(.serialized, .enabled(if: geteuid() == 0, "only root can give a folder away"))
struct `A repository of another user` {
    @Test func `is opened only when safe.directory names it`() throws {
        let made = try TestRepository.withPosts()
        for path in [made.path, made.path + "/.git"] { #expect(chown(path, 12_345, 12_345) == 0) }
        let error = gitFailure { try made.open() }
        #expect(error?.code == .owner)
        #expect(error?.hint?.contains("safe.directory \(made.path)") == true)

        func opens(_ value: String, _ environment: [String: String] = [:]) -> Bool {
            let variables = [
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "Safe.Directory", "GIT_CONFIG_VALUE_0": value,
            ].merging(environment) { $1 }
            return gitFailure { try Repository.open(at: made.path, environment: variables) } == nil
        }
        #expect(opens(made.path))
        #expect(opens("*"))
        #expect(opens((made.path as NSString).deletingLastPathComponent + "/*"))
        #expect(!opens(made.path + "/posts"))
        #expect(!opens("*", ["GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_1": "safe.directory", "GIT_CONFIG_VALUE_1": ""]))
        #expect(opens("none", ["SUDO_UID": "12345"]))

        try made.write("settings", "[safe]\n\tdirectory = *\n")
        #expect(opens("none", ["GIT_CONFIG_GLOBAL": made.path + "/settings"]))
        // The repository must not vouch for itself.
        try made.write(".git/config", try made.read(".git/config") + "[safe]\n\tdirectory = *\n")
        #expect(!opens("none"))
    }
}

/// The error a piece of work ends with; nil when it ends well.
func gitFailure<Result>(_ work: () throws -> Result) -> GitError? {
    do {
        _ = try work()
        return nil
    } catch {
        return error as? GitError
    }
}

func gitCode<Result>(_ work: () throws -> Result) -> GitError.Code? { gitFailure(work)?.code }
