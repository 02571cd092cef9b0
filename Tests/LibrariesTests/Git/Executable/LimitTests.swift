import Foundation
import Git
import HTTPServer
import Testing

extension `The git executable` {
    @Suite struct `A remote that hangs` {
        /// Answers when the server is stopped, and so never to a client that was ended before.
        private let hangs: SmartHTTP.Before = { _ in
            _ = try? await Task.sleep(for: .seconds(600))
            return ServerAnswer(200)
        }

        @Test func `is left when it is silent for too long`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene, before: hangs) { address in
                let patience = Patience(idle: .milliseconds(300), total: .seconds(60), grace: .milliseconds(200))
                let error = await remoteFailure {
                    try await scene.executable(patience: patience).fetch(from: address, references: [main])
                }
                #expect(error == .timedOut("fetching from \(address): nothing came for 0.3 s"))
                #expect(scene.processesLeft().isEmpty)
            }
        }

        @Test func `is left when all takes too long`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene, before: hangs) { address in
                let patience = Patience(idle: .seconds(60), total: .milliseconds(300), grace: .milliseconds(200))
                let error = await remoteFailure { try await scene.executable(patience: patience).lsRemote(address) }
                #expect(error == .timedOut("asking \(address): not done after 0.3 s"))
                #expect(scene.processesLeft().isEmpty)
            }
        }

        @Test func `before a push was sent has certainly taken nothing`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene, before: hangs) { address in
                let error = await remoteFailure { try await push(scene, to: address, idle: .milliseconds(300)) }
                guard case .timedOut = error else { return #expect(Bool(false), "\(String(describing: error))") }
            }
        }

        @Test func `after a push was sent leaves it uncertain`() async throws {
            let scene = try await Scene.withHistory()
            let hangs = hangs
            let hangsOnPush: SmartHTTP.Before = { request in
                guard request.isPush else { return nil }
                try? scene.write("arrived", "")
                return await hangs(request)
            }
            try await SmartHTTP.serve(scene, before: hangsOnPush) { try await pushUntilItArrives(scene, to: $0) }
            #expect(scene.processesLeft().isEmpty)
        }

        @Test func `in a hook is ended with the hook and leaves no lock`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook("pre-receive", "trap '' TERM; : >'\(scene.path("arrived"))'; sleep 600; sleep 600")
            let before = try await scene.onRemote(main)
            try await pushUntilItArrives(scene, to: "origin")
            #expect(scene.processesLeft().isEmpty)
            #expect(scene.locks(in: scene.remote).isEmpty)
            #expect(try await scene.onRemote(main) == before)
        }

        private func push(_ scene: Scene, to remote: String, idle: Duration) async throws -> [String: UpdateOutcome] {
            let tip = try await scene.commit("new.txt", UUID().uuidString, in: "work")
            let patience = Patience(idle: idle, total: .seconds(120), grace: .milliseconds(200))
            return try await scene.executable(patience: patience).push(
                to: remote, [ReferenceUpdate(reference: main, new: tip, lease: .fastForward)], runsHooks: false)
        }

        /// On a busy machine a short limit may end git before it sent anything; then a longer one is tried.
        private func pushUntilItArrives(_ scene: Scene, to remote: String) async throws {
            for seconds in [1, 4, 16, 64] {
                let error = await remoteFailure { try await push(scene, to: remote, idle: .seconds(seconds)) }
                guard scene.exists("arrived") else { continue }
                guard case .uncertain = error else { return #expect(Bool(false), "\(String(describing: error))") }
                return
            }
            Issue.record("the push never arrived")
        }
    }
}

extension `The git executable` {
    @Suite struct `A task that is cancelled` {
        @Test func `ends a fetch at once`() async throws {
            let scene = try await Scene.withHistory()
            let (requests, arrived) = AsyncStream.makeStream(of: Void.self)
            let hangs: SmartHTTP.Before = { _ in
                arrived.yield()
                _ = try? await Task.sleep(for: .seconds(600))
                return ServerAnswer(200)
            }
            try await SmartHTTP.serve(scene, before: hangs) { address in
                let executable = scene.executable(patience: Patience(grace: .milliseconds(200)))
                let fetch = Task {
                    await remoteFailure { try await executable.fetch(from: address, references: [main]) }
                }
                for await _ in requests { break }
                fetch.cancel()
                #expect(await fetch.value == .failed("fetching from \(address): stopped"))
                #expect(scene.processesLeft().isEmpty)
            }
        }

        @Test func `lets a push come to its answer`() async throws {
            let scene = try await Scene.withHistory()
            let (requests, arrived) = AsyncStream.makeStream(of: Void.self)
            let (releases, release) = AsyncStream.makeStream(of: Void.self)
            let waits: SmartHTTP.Before = { request in
                guard request.isPush else { return nil }
                arrived.yield()
                for await _ in releases { break }
                return nil
            }
            let tip = try await scene.commit("new.txt", "new\n", in: "work")
            try await SmartHTTP.serve(scene, before: waits) { address in
                let executable = scene.executable()
                let push = Task {
                    try await executable.push(
                        to: address, [ReferenceUpdate(reference: main, new: tip, lease: .fastForward)], runsHooks: false
                    )
                }
                for await _ in requests { break }
                push.cancel()
                release.yield()
                let outcomes = try await push.value
                #expect(outcomes == [main: .accepted])
            }
        }
    }
}

extension `The git executable` {
    @Suite struct `A git that is run` {
        @Test func `gets no variable that would send it elsewhere or print secrets`() async throws {
            let scene = try await Scene.withHistory()
            let tip = try await scene.id("HEAD", in: "work")
            let fetched = try await scene.executable(
                "work",
                [
                    "GIT_DIR": "/nowhere", "GIT_INDEX_FILE": "/nowhere", "GIT_WORK_TREE": "/nowhere",
                    "GIT_OBJECT_DIRECTORY": "/nowhere", "GIT_NAMESPACE": "x", "GIT_TRACE": "1", "GIT_TRACE_CURL": "1",
                    "GIT_NO_LAZY_FETCH": "1", "LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8", "GIT_EXTERNAL_DIFF": "false",
                ]
            ).fetch(from: "origin", references: [main])
            #expect(fetched == [main: tip])
        }

        @Test func `keeps settings that come as variables`() async throws {
            let scene = try await Scene.withHistory()
            let fetched = try await scene.executable(
                "work",
                [
                    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "url.\(scene.folder)/.insteadOf",
                    "GIT_CONFIG_VALUE_0": "short:",
                ]
            ).fetch(from: "short:remote.git", references: [main])
            #expect(fetched.count == 1)
        }

        @Test func `and its ssh have no terminal to ask at`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook(
                "ssh",
                "cut -d' ' -f6 /proc/self/stat >'\(scene.path("session"))'\nenv >'\(scene.path("seen"))'\neval \"exec $2\"",
                in: scene.folder)
            let executable = scene.executable(
                "work", ["GIT_SSH": scene.path("hooks/ssh"), "GIT_SSH_VARIANT": "simple", "SSH_ASKPASS": "/window"])
            let fetched = try await executable.fetch(from: "host:\(scene.remote)", references: [main])
            #expect(fetched.count == 1)
            let session = try scene.read("session").trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(Int32(session) != getsid(0))
            let seen = try scene.read("seen")
            #expect(!seen.contains("/window") && seen.contains("SSH_ASKPASS_REQUIRE=never"))
        }

        @Test func `is not waited for when ssh keeps a connection for later`() async throws {
            let scene = try await Scene.withHistory()
            try scene.hook(
                "ssh", "sleep 600 >/dev/null </dev/null &\necho $! >'\(scene.path("sleeper"))'\neval \"exec $2\"",
                in: scene.folder)
            let executable = scene.executable(
                "work", ["GIT_SSH": scene.path("hooks/ssh"), "GIT_SSH_VARIANT": "simple"])
            #expect(try await executable.fetch(from: "host:\(scene.remote)", references: [main]).count == 1)
            let sleeper = try #require(
                Int32(try scene.read("sleeper").trimmingCharacters(in: .whitespacesAndNewlines)))
            #expect(kill(sleeper, SIGKILL) == 0, "it was not ended with git")
        }

        @Test func `must exist and be new enough`() async throws {
            let scene = try await Scene()
            let missing = scene.executable("", ["PATH": scene.folder])
            #expect(
                await remoteFailure { try await missing.version() }
                    == .noExecutable("there is no git in PATH; install it"))
            try scene.write("git", "#!/bin/sh\necho git version 2.29.3\n")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.path("git"))
            #expect(
                await remoteFailure { try await missing.version() }
                    == .tooOld("git 2.29.3 is too old; 2.30 or newer is needed"))
            let version = try await scene.executable("").version()
            #expect((version.major, version.minor) >= (2, 30))
            #expect(version.text.hasPrefix("\(version.major).\(version.minor)"))
        }

        @Test func `is ended when it prints too much`() async throws {
            let scene = try await Scene.withHistory()
            let text = String(repeating: "0123456789", count: 20_000)
            try await scene.commit("large.txt", text, in: "work")
            let blob = try await scene.id("HEAD:large.txt", in: "work")
            let executable = scene.executable(patience: Patience(grace: .milliseconds(100)))
            #expect(
                await remoteFailure { try await executable.readBlob(blob, limit: 1_000) }
                    == .failed("reading blob \(blob.hex.prefix(10)): git printed more than 1000 bytes"))
            #expect(try await executable.readBlob(blob) == Array(text.utf8))
        }
    }
}
