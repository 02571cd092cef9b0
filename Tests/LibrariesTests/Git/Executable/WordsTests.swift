import Testing

@testable import Git

@Suite struct `A sentence of git` {
    @Test(arguments: [
        (
            "fatal: unable to access 'https://ada:s3cret@example.com/a.git/': no",
            "fatal: unable to access 'https://example.com/a.git/': no"
        ),
        ("To https://x-access-token:ghs_1@github.com/a/b", "To https://github.com/a/b"),
        ("https://ghp_token@github.com/a", "https://github.com/a"),
        ("https://a:p@ss@example.com/x", "https://example.com/x"),
        ("https://a:p/ss@example.com/x", "https://example.com/x"),
        ("https://example.com/a?private_token=1 and https://b:c@d/#e", "https://example.com/a and https://d/"),
        ("'https://example.com/a?t=1': gone", "'https://example.com/a': gone"),
        ("ssh://git@example.com/a", "ssh://example.com/a"),
        ("git@github.com: Permission denied (publickey).", "git@github.com: Permission denied (publickey)."),
        (
            "http://[::1]:8080/a/ at https://example.com/@scope/x",
            "http://[::1]:8080/a/ at https://example.com/@scope/x"
        ),
        ("no address", "no address"), ("https://", "https://"), ("", ""),
    ])
    func `shows no secret of an address`(_ text: String, _ shown: String) {
        #expect(withoutSecrets(text) == shown)
    }

    @Test func `is the one that tells most`() {
        let text = """
            Enumerating objects: 5, done.\rWriting objects: 100% (3/3), done.
            hint: try harder
            remote: error: no\u{1b}[K
            error: failed to push some refs to 'x'
            fatal: the reason

            Please make sure
            """
        let complaints = Complaints(Array(text.utf8))
        #expect(complaints.sentence == "fatal: the reason")
        #expect(complaints.remoteWords == ["no[K"])
        #expect(Complaints(Array("Counting objects: 1\njust words\n".utf8)).sentence == "just words")
        #expect(Complaints([]).sentence == nil)
    }

    @Test(arguments: [
        ("git version 2.39.5", 2, 39), ("git version 2.39.5 (Apple Git-154)", 2, 39),
        ("git version 2.45.1.windows.1\n", 2, 45), ("git version 3.0-rc1", 3, 0),
    ])
    func `tells the version`(_ text: String, _ major: Int, _ minor: Int) {
        let version = GitVersion(text)
        #expect(version?.major == major && version?.minor == minor)
    }

    @Test(arguments: ["", "git", "git version", "git version two", "version 2.3"])
    func `without a version is none`(_ text: String) { #expect(GitVersion(text) == nil) }
}

/// Sentences as servers print them, where no such server can be started here: GitHub, GitLab, Bitbucket, git 2.50.
@Suite struct `An answer to a push` {
    private static let update = ReferenceUpdate(reference: "refs/heads/main", new: nil, lease: .expects(nil))

    private func outcome(
        _ summary: String?, _ complaints: String = "", status: Int32 = 1, runsHooks: Bool = false
    ) throws(RemoteError) -> UpdateOutcome? {
        let output = summary.map { "To example\n!\tabc:refs/heads/main\t\($0)\nDone\n" } ?? ""
        let ending = GitEnding(
            cause: .exited(status), output: Array(output.utf8), complaints: Complaints(Array(complaints.utf8)))
        let update = ReferenceUpdate(
            reference: "refs/heads/main", new: ObjectID(hex: String(repeating: "1", count: 40)), lease: .fastForward)
        return try PushAnswer(ending, [update], runsHooks: runsHooks, doing: "pushing").outcomes()["refs/heads/main"]
    }

    @Test(arguments: [
        "[rejected] (stale info)", "[rejected] (non-fast-forward)", "[rejected] (fetch first)",
        "[rejected] (needs force)", "[remote rejected] (failed to update ref)",
        "[remote rejected] (cannot lock ref 'refs/heads/main': is at 1111 but expected 2222)",
        "[remote rejected] (reference already exists)", "[remote rejected] (incorrect old value provided)",
        "[remote rejected] (cannot lock ref 'refs/heads/main': Unable to create 'x.lock': File exists.)",
        "[remote rejected] (failed to lock)",
    ])
    func `says that somebody was faster`(_ summary: String) throws {
        guard case .moved = try outcome(summary) else { return #expect(Bool(false)) }
    }

    @Test(arguments: [
        "[remote rejected] (pre-receive hook declined)", "[remote rejected] (hook declined)",
        "[remote rejected] (protected branch hook declined)", "[remote rejected] (non-fast-forward)",
        "[remote rejected] (push declined due to repository rule violations)",
        "[remote rejected] (deny updating a hidden ref)", "[remote rejected] (permission denied)",
        "[remote rejected] (branch is currently checked out)", "[remote rejected] (deletion prohibited)",
        "[remote rejected] (refusing to allow a GitHub App to create or update workflow `.github/workflows/a.yml`)",
        "[remote rejected] (TF402455: Pushes to this branch are not permitted)",
    ])
    func `says that it is not wanted`(_ summary: String) throws {
        guard case .refused(let reason) = try outcome(summary) else { return #expect(Bool(false)) }
        #expect(summary.contains(reason))
    }

    @Test func `explains a refusal in the words of the server`() throws {
        let complaints = """
            remote: error: GH006: Protected branch update failed for refs/heads/main.
            remote: error: Changes must be made through a pull request.
            error: failed to push some refs to 'https://github.com/a/b'
            """
        #expect(
            try outcome("[remote rejected] (protected branch hook declined)", complaints)
                == .refused(
                    "protected branch hook declined: GH006: Protected branch update failed for refs/heads/main. "
                        + "Changes must be made through a pull request."))
    }

    @Test(arguments: [
        (
            "[remote rejected] (unpacker error)",
            "error: remote unpack failed: unable to create temporary object directory"
        ),
        ("[remote rejected] (shallow update not allowed)", ""),
        (
            "[remote rejected] (failed to update ref)",
            "remote: error: cannot lock ref 'x': Unable to create 'x.lock': No space left on device"
        ),
        (
            "[remote rejected] (failed to update ref)",
            "remote: error: cannot lock ref 'x': Unable to create 'x.lock': Permission denied"
        ),
        ("[remote rejected] (Internal Server Error)", ""),
    ])
    func `says that it could not be done`(_ summary: String, _ complaints: String) {
        #expect(throws: RemoteError.self) { try outcome(summary, complaints) }
    }

    @Test func `that names another reference in the way is a refusal`() throws {
        let complaints = "remote: error: cannot lock ref 'refs/socials/claims': 'refs/socials' exists; cannot create"
        guard case .refused = try outcome("[remote rejected] (failed to update ref)", complaints) else {
            return #expect(Bool(false))
        }
    }

    @Test(
        arguments: [
            (
                "ERROR: Permission to acme/posts.git denied to deploy key\nfatal: Could not read from remote repository.",
                128
            ),
            (
                "remote: Write access to repository not granted.\nfatal: unable to access 'x': The requested URL returned error: 403",
                128
            ),
            (
                "ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.",
                128
            ),
        ] as [(String, Int32)])
    func `at connect says that it is not allowed`(_ complaints: String, _ status: Int32) throws {
        guard case .refused = try outcome(nil, complaints, status: status) else { return #expect(Bool(false)) }
    }

    @Test(arguments: [
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "fatal: Authentication failed for 'https://github.com/a/b/'",
        "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
    ])
    func `at connect says that credentials are missing`(_ complaints: String) {
        #expect { try outcome(nil, complaints, status: 128) } throws: { error in
            if case RemoteError.notAuthorized = error { true } else { false }
        }
    }

    @Test(arguments: [
        "Enumerating objects: 3, done.\nTotal 3 (delta 0), reused 0 (delta 0)\nsend-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly",
        "Writing objects: 100% (3/3), done.\nerror: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502",
        "Total 3 (delta 0)\nclient_loop: send disconnect: Broken pipe",
    ])
    func `that was lost is uncertain`(_ complaints: String) {
        for summary in [nil, "[remote failure] (remote failed to report status)"] {
            #expect { try outcome(summary, complaints) } throws: { error in
                if case RemoteError.uncertain = error { true } else { false }
            }
        }
    }

    @Test func `in another form is no line`() {
        #expect(PushLine("To x") == nil && PushLine("!\tabc") == nil && PushLine("?\ta:b\tc") == nil)
        #expect(PushLine("-\t:refs/x\t[deleted]")?.reference == "refs/x")
    }
}
