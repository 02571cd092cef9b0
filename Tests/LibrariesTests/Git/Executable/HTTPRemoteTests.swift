import Foundation
import Git
import HTTPServer
import Testing

extension `The git executable` {
    @Suite struct `A remote over http` {
        private func push(_ scene: Scene, to address: String, patience: Patience = Patience()) async throws
            -> UpdateOutcome?
        {
            let tip = try await scene.commit("new.txt", UUID().uuidString, in: "work")
            return try await scene.executable(patience: patience).push(
                to: address, [ReferenceUpdate(reference: main, new: tip, lease: .fastForward)], runsHooks: false)[main]
        }

        private func fetch(_ scene: Scene, from address: String) async -> RemoteError? {
            await remoteFailure { try await scene.executable().fetch(from: address, references: [main]) }
        }

        @Test func `is fetched from and pushed to`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene) { address in
                #expect(try await push(scene, to: address) == .accepted)
                let tip = try await scene.id("HEAD", in: "work")
                #expect(try await scene.onRemote(main) == tip)
                let executable = scene.executable()
                #expect(try await executable.fetch(from: address, references: [main, claims]) == [main: tip])
                #expect(try await executable.lsRemote(address, references: [main]) == [main: tip])
            }
        }

        @Test func `that wants credentials is not authorized, and no password shows`() async throws {
            let scene = try await Scene.withHistory()
            let asks: SmartHTTP.Before = { _ in
                ServerAnswer(401, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
            }
            try await SmartHTTP.serve(scene, before: asks) { address in
                let named = address.replacing("http://", with: "http://ada:swordfish@")
                for address in [address, named] {
                    let errors = [
                        await fetch(scene, from: address), await remoteFailure { try await push(scene, to: address) },
                        await remoteFailure { try await scene.executable().lsRemote(address) },
                    ]
                    for error in errors {
                        guard case .notAuthorized(let text) = error else {
                            return #expect(Bool(false), "\(String(describing: error))")
                        }
                        #expect(!text.contains("swordfish"))
                    }
                }
            }
        }

        @Test func `that forbids to read is not authorized`() async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene, before: { _ in ServerAnswer(403) }) { address in
                guard case .notAuthorized = await fetch(scene, from: address) else { return #expect(Bool(false)) }
            }
        }

        @Test(arguments: [false, true]) func `that forbids to push refuses`(_ onlyThePack: Bool) async throws {
            let scene = try await Scene.withHistory()
            let forbids: SmartHTTP.Before = { request in
                let isRefused = onlyThePack ? request.isPush : request.target.hasSuffix("service=git-receive-pack")
                return isRefused ? ServerAnswer(403, body: Array("no".utf8)) : nil
            }
            try await SmartHTTP.serve(scene, before: forbids) { address in
                let outcome = try await push(scene, to: address)
                guard case .refused(let reason) = outcome else {
                    return #expect(Bool(false), "\(String(describing: outcome))")
                }
                #expect(reason.contains("403"))
            }
        }

        @Test(arguments: [
            ServerAnswer(500), ServerAnswer(502), ServerAnswer(200, ending: .nothing),
            ServerAnswer(
                200, headers: [("Content-Type", "application/x-git-receive-pack-result")],
                body: Array("0030\u{1}000eunpack ok\n".utf8), ending: .truncated(after: 12)),
        ])
        func `whose answer to a push is lost leaves it uncertain`(_ spoiled: ServerAnswer) async throws {
            let scene = try await Scene.withHistory()
            try await SmartHTTP.serve(scene, after: { $0.isPush ? spoiled : $1 }) { address in
                let error = await remoteFailure { try await push(scene, to: address) }
                guard case .uncertain = error else { return #expect(Bool(false), "\(String(describing: error))") }
                let (standing, sent) = (try await scene.onRemote(main), try await scene.id("HEAD", in: "work"))
                #expect(standing == sent, "it was taken")
            }
        }

        @Test func `that lost the repository or is gone is unreachable`() async throws {
            let scene = try await Scene.withHistory()
            let address = try await SmartHTTP.serve(scene, before: { _ in ServerAnswer(404) }) { address in
                let error = await fetch(scene, from: address)
                #expect(error?.message == "fetching from \(address): repository '\(address)/' not found")
                return address
            }
            guard case .unreachable = await fetch(scene, from: address) else { return #expect(Bool(false)) }
            let error = await remoteFailure { try await push(scene, to: address) }
            guard case .unreachable = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }

        @Test(arguments: ["extraheader", "includeIf", "helper"])
        func `gets the credentials of the settings`(_ way: String) async throws {
            let scene = try await Scene.withHistory()
            let secret = "Basic " + Data("ada:swordfish".utf8).base64EncodedString()
            let asks: SmartHTTP.Before = { request in
                request.header("Authorization") == secret
                    ? nil : ServerAnswer(401, headers: [("WWW-Authenticate", "Basic realm=\"git\"")])
            }
            try await SmartHTTP.serve(scene, before: asks) { address in
                let header =
                    "[http \"\(address.replacing("/remote.git", with: "/"))\"]\n\textraheader = Authorization: \(secret)\n"
                switch way {
                case "extraheader": try scene.configure(header)
                case "includeIf":
                    try scene.write("secret", header)
                    try scene.configure(
                        "[includeIf \"gitdir:\(scene.path("work"))/\"]\n\tpath = \(scene.path("secret"))\n")
                default:
                    let helper = "!f() { echo username=ada; echo password=swordfish; }; f"
                    try scene.configure("[credential]\n\thelper = \"\(helper)\"\n")
                }
                #expect(await fetch(scene, from: address) == nil)
                #expect(try await push(scene, to: address) == .accepted)
            }
        }

        @Test func `that was moved after it showed its references takes nothing`() async throws {
            let scene = try await Scene.withHistory()
            let (mine, theirs) = (
                try await scene.lonelyCommit("mine", in: "work"), try await scene.lonelyCommit("theirs", in: "work")
            )
            try await scene.git("push", "-q", "origin", "\(theirs.hex):refs/heads/kept", in: "work")
            let moves: SmartHTTP.Before = { request in
                if request.isPush { _ = try? await scene.git("update-ref", claims, theirs.hex, in: scene.remote) }
                return nil
            }
            try await SmartHTTP.serve(scene, before: moves) { address in
                let outcomes = try await scene.executable().push(
                    to: address, [ReferenceUpdate(reference: claims, new: mine, lease: .expects(nil))], runsHooks: false
                )
                guard case .moved = outcomes[claims] else { return #expect(Bool(false), "\(outcomes)") }
                #expect(try await scene.onRemote(claims) == theirs)
            }
        }
    }
}
